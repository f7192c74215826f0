package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The server at a glance. */
@Json(naming = Json.Naming.LowerUnderscore)
public record StatusJson(
    String schema,
    String version,
    Instant startedAt,
    String repository,
    int backups,
    HealthJson health,
    ScheduleJson schedule,
    @Nullable RunJson current) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.status/1";
}
