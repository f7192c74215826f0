package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import io.holdfast.engine.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backup in a list. Of one whose manifest is damaged, only what its name tells.
 *
 * @param runId the run; null if that cannot be told any more, so that {@code snapshotId} is all
 *     that names it
 * @param snapshotId of such a one, the name of its snapshot in the vault
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupSummaryJson(
    @Nullable String runId,
    @Nullable String snapshotId,
    @Nullable String backupId,
    String status,
    @Nullable String trigger,
    @Nullable String safetyFor,
    @Nullable String installation,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant receivedAt,
    @Nullable String compression,
    @Nullable Long sizeBytes,
    @Nullable Long storedBytes,
    @Nullable List<String> components,
    @Nullable FailureJson failure) {
  /**
   * The run.
   *
   * @throws IllegalStateException if it cannot be told, see {@code runId}
   */
  public RunId run() {
    if (runId == null) {
      throw new IllegalStateException("nobody knows of which run this is");
    }
    return new RunId(runId);
  }

  /** The same, with an equal list in place of its own. */
  public BackupSummaryJson withComponents(List<String> equal) {
    return new BackupSummaryJson(
        runId,
        snapshotId,
        backupId,
        status,
        trigger,
        safetyFor,
        installation,
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
