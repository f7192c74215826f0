package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code restore} tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record RestoreJson(
    String schema,
    String runId,
    String backupRunId,
    String backupId,
    boolean dryRun,
    String status,
    Instant startedAt,
    Instant finishedAt,
    @Nullable String destination,
    List<RestoredComponentJson> restoredComponents,
    @Nullable String safetyBackupId,
    @Nullable String safetyBackupRunId,
    List<String> warnings,
    @Nullable FailureJson failure) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.restore/1";
}
