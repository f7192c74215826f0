package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How backups are.
 *
 * @param state {@code ok}, {@code none} if none was made yet, {@code failing} if the last failed,
 *     {@code overdue} if one should have been made, {@code disabled} without a schedule, {@code
 *     unavailable} while the repository cannot be read
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupHealthJson(String state, @Nullable Instant lastSuccess) {}
