package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A backup in a list. Of one whose manifest is damaged, only what its name tells. */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupSummaryJson(
    String runId,
    @Nullable String backupId,
    String status,
    @Nullable String trigger,
    @Nullable String safetyFor,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant receivedAt,
    @Nullable String compression,
    @Nullable Long sizeBytes,
    @Nullable Long storedBytes,
    @Nullable List<String> components,
    @Nullable FailureJson failure) {
  /** The same, with an equal list in place of its own. */
  public BackupSummaryJson withComponents(List<String> equal) {
    return new BackupSummaryJson(
        runId,
        backupId,
        status,
        trigger,
        safetyFor,
        startedAt,
        finishedAt,
        receivedAt,
        compression,
        sizeBytes,
        storedBytes,
        equal,
        failure);
  }
}
