package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The server at a glance.
 *
 * @param installation the name of the installation, if it has one
 * @param backups how many there are; none while the repository cannot be read
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record StatusJson(
    String schema,
    String version,
    Instant startedAt,
    String repository,
    @Nullable String installation,
    @Nullable Integer backups,
    HealthJson health,
    ScheduleJson schedule,
    @Nullable RunJson current) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.status/1";
}
