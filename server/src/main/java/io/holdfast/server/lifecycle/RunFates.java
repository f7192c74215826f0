package io.holdfast.server.lifecycle;

import io.holdfast.engine.Engine;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.restore.RestoreRecord;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.JsonText;
import io.holdfast.server.idempotency.RunFate;
import io.holdfast.server.state.IdempotencyStore.Answer;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of runs that are not under way any more, by the repository and by the records of
 * restores. Only a repository that says that it has no such backup says that nothing was published;
 * one that cannot be reached, or a record that cannot be read, says nothing at all.
 */
final class RunFates {
  private static final int CREATED = 201;

  private final Engine engine;
  private final boolean elsewhere;

  /**
   * @param elsewhere whether the repository is another than the one that was in use: then that it
   *     has no such backup says nothing
   */
  RunFates(Engine engine, boolean elsewhere) {
    this.engine = engine;
    this.elsewhere = elsewhere;
  }

  /**
   * How a run that did something ended.
   *
   * @param finished if that is known
   */
  record End(RunStatus status, Optional<Instant> finished) {}

  /** What whoever sent the request would have been answered. */
  RunFate of(RunId run) {
    try {
      return published(run)
          .<Object>map(Documents::backup)
          .or(() -> restored(run).map(this::restore))
          .<RunFate>map(document -> new RunFate.Led(new Answer(CREATED, JsonText.of(document))))
          .orElseGet(RunFate.Nothing::new);
    } catch (RuntimeException unreadable) {
      return new RunFate.Unknown(unreadable);
    }
  }

  /**
   * How it ended; empty if it did nothing.
   *
   * @throws RuntimeException if that cannot be found out now
   */
  Optional<End> end(RunId run) {
    return published(run)
        .map(manifest -> new End(manifest.status(), manifest.finishedAt()))
        .or(() -> restored(run).map(record -> new End(record.status(), record.finishedAt())));
  }

  private Object restore(RestoreRecord record) {
    return Documents.restored(
        record, published(record.backup()), record.safetyBackup().flatMap(this::published));
  }

  private Optional<RestoreRecord> restored(RunId run) {
    Optional<RestoreRecord> record = engine.restoreRecord(run);
    if (record.isEmpty() && engine.isRestoreUnfinished()) {
      throw new HoldfastException(
          ErrorCode.BUSY,
          "a restore is unfinished",
          "Look into the log for what keeps it from being rolled back, or brought to its end.");
    }
    return record
        .filter(ended -> ended.status() == RunStatus.COMPLETED)
        .filter(ended -> ended.stage() == RestoreRecord.Stage.COMMITTED);
  }

  private Optional<Manifest> published(RunId run) {
    try {
      return Optional.of(engine.show(run)).filter(manifest -> manifest.status().isPublished());
    } catch (HoldfastException e) {
      if (e.code() != ErrorCode.BACKUP_NOT_FOUND) {
        throw e;
      }
      if (elsewhere) {
        throw new HoldfastException(
            ErrorCode.REPOSITORY_UNAVAILABLE,
            "the repository that the setting backup.path names is not in use",
            "Bring it back, or reset the setting, and restart the server.",
            e);
      }
      return Optional.empty();
    }
  }
}
