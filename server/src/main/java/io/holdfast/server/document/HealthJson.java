package io.holdfast.server.document;

import io.avaje.jsonb.Json;

/**
 * Whether the server is well.
 *
 * @param status {@code ok}, or {@code degraded} if something below is not as it should be
 * @param backup how backups are
 * @param stateDatabase {@code ok} or {@code unavailable}
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record HealthJson(String status, BackupHealthJson backup, String stateDatabase) {}
