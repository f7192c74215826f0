package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The schedule.
 *
 * @param rule such as {@code every 6 hours} or {@code 0 3 * * * in Europe/Vienna}
 * @param skipped runs that were due while another was under way, since the start of the server
 * @param missed runs that were due while the server was down or its clock jumped
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record ScheduleJson(
    boolean enabled, String rule, @Nullable Instant next, long skipped, long missed) {}
