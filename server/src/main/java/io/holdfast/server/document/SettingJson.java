package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A setting.
 *
 * @param key such as {@code backup.schedule_hours}
 * @param source {@code stored}, {@code environment}, {@code file} or {@code default}
 * @param allowed in words
 * @param restartRequired whether another value counts until the server starts again
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record SettingJson(
    String key,
    String value,
    String source,
    @Json.Property("default") String otherwise,
    String allowed,
    boolean restartRequired,
    @Nullable Instant changedAt,
    @Nullable String changedBy) {}
