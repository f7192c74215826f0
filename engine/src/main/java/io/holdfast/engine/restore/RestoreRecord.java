package io.holdfast.engine.restore;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a restore run writes down of itself: first as its journal, from which another process undoes
 * or ends it, then as its record.
 *
 * @param run the restore run
 * @param backup what it restores from
 * @param stage how far it is
 * @param status {@code RUNNING} until it ended
 * @param startedAt when it started
 * @param finishedAt when it ended
 * @param safetyBackup the backup of the former live state
 * @param created directories that were missing above targets and were made, or were about to be,
 *     parents before what lies in them
 * @param parts the components, in the order of their commit
 * @param message why it failed; empty if it did not
 */
public record RestoreRecord(
    RunId run,
    RunId backup,
    Stage stage,
    RunStatus status,
    Instant startedAt,
    Optional<Instant> finishedAt,
    Optional<RunId> safetyBackup,
    List<FilePath> created,
    List<Part> parts,
    String message) {

  /** How far a restore is. The order is that of time. */
  public enum Stage {
    /**
     * Things are created beside targets; no target is touched. A crash here is undone by removing
     * them.
     */
    STAGING,
    /** Targets are being swapped. A crash here is undone by swapping back. */
    COMMITTING,
    /** Every target is swapped. A crash here is ended by dropping the old state. */
    COMMITTED
  }

  /**
   * One component of a restore.
   *
   * @param name its name
   * @param kind its kind
   * @param settings what makes an equivalent handler, see {@link
   *     io.holdfast.engine.component.ComponentHandler#source}
   * @param undo what the handler recorded; empty until it did
   * @param observed what was there before the first rename; empty until {@link Stage#COMMITTING}
   */
  public record Part(
      ComponentName name,
      String kind,
      Map<String, String> settings,
      Optional<UndoRecord> undo,
      List<FileSwaps.Observed> observed) {
    public Part {
      settings = Map.copyOf(settings);
      observed = List.copyOf(observed);
    }

    Part undoneBy(UndoRecord record) {
      return new Part(name, kind, settings, Optional.of(record), observed);
    }

    Part observing(List<FileSwaps.Observed> seen) {
      return new Part(name, kind, settings, undo, seen);
    }
  }

  public RestoreRecord {
    created = List.copyOf(created);
    parts = List.copyOf(parts);
  }

  RestoreRecord at(Stage next) {
    return new RestoreRecord(
        run, backup, next, status, startedAt, finishedAt, safetyBackup, created, parts, message);
  }

  RestoreRecord with(List<Part> changed) {
    return new RestoreRecord(
        run, backup, stage, status, startedAt, finishedAt, safetyBackup, created, changed, message);
  }

  RestoreRecord savedAs(RunId safety) {
    return new RestoreRecord(
        run,
        backup,
        stage,
        status,
        startedAt,
        finishedAt,
        Optional.of(safety),
        created,
        parts,
        message);
  }

  RestoreRecord creating(List<FilePath> all) {
    return new RestoreRecord(
        run, backup, stage, status, startedAt, finishedAt, safetyBackup, all, parts, message);
  }

  RestoreRecord ended(RunStatus how, Instant when, String why) {
    return new RestoreRecord(
        run, backup, stage, how, startedAt, Optional.of(when), safetyBackup, created, parts, why);
  }
}
