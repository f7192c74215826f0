package io.holdfast.engine.copy;

import io.holdfast.engine.backup.Failures;
import io.holdfast.engine.copy.CopyOutcome.Backup;
import io.holdfast.engine.copy.CopyOutcome.Result;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.StillThere;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Copies backups into a repository, oldest first, each whole or not at all.
 *
 * <p>A backup is known by its run and its backup id: what the target has is passed over, so that a
 * copy which was interrupted goes on where it was. A backup that is damaged in the source is not
 * copied, and the next one is; whatever else fails, such as the target, ends the copy.
 *
 * <p>The caller holds the lock of the target's installation and has prepared the target. Used once,
 * by one thread.
 */
public final class RepositoryCopy {
  private final Source source;
  private final Repository target;
  private final RandomGenerator random;
  private final RunMonitor monitor;
  private final List<Backup> backups = new ArrayList<>();
  private Set<RunId> present = Set.of();

  /** Opens backups of the source, and keeps them from being removed meanwhile. */
  @FunctionalInterface
  public interface Source {
    /**
     * Opens a backup; the caller closes it.
     *
     * @throws HoldfastException {@code BACKUP_NOT_FOUND}, {@code MANIFEST_CORRUPT}, {@code
     *     FORMAT_UNSUPPORTED}
     */
    BackupReader open(RunId run) throws IOException;
  }

  /**
   * @param random tells files of one copy from those of another
   */
  public RepositoryCopy(
      Source source, Repository target, RandomGenerator random, RunMonitor monitor) {
    this.source = source;
    this.target = target;
    this.random = random;
    this.monitor = monitor;
  }

  /**
   * Copies these backups, unless the target has them.
   *
   * @param runs in any order
   */
  public CopyOutcome execute(List<RunId> runs) {
    try {
      BackupIndex index = target.index();
      present = new HashSet<>(index.runs());
      for (RunId run : runs.stream().distinct().sorted().toList()) {
        monitor.cancellation().check();
        one(run, index);
      }
      monitor.phase(RunPhase.DONE);
      return new CopyOutcome(backups, Optional.empty());
    } catch (IOException | RuntimeException e) {
      return new CopyOutcome(backups, Optional.of(failure(Failures.of("the copy", e))));
    }
  }

  private void one(RunId run, BackupIndex index) throws IOException {
    try {
      if (present.contains(run)) {
        requireSame(run, index);
        add(run, Result.PRESENT, 0, Optional.empty());
        return;
      }
      try (BackupReader reader = source.open(run)) {
        Manifest manifest = reader.manifest();
        removeInterrupted(manifest);
        new BackupCopy(reader, target, random.nextLong() >>> 2, monitor).execute();
        add(run, Result.COPIED, manifest.sizeBytes(), Optional.empty());
      }
    } catch (HoldfastException failure) {
      HoldfastException e = new StillThere(source::open).explained(run, failure);
      add(run, Result.FAILED, 0, Optional.of(failure(e)));
      if (!concernsThisOne(e.code())) {
        throw e;
      }
    }
  }

  /** Whether the next backup may fare better. */
  private static boolean concernsThisOne(ErrorCode code) {
    return switch (code) {
      case MANIFEST_CORRUPT,
          ARTIFACT_CORRUPT,
          ARTIFACT_INVALID,
          FORMAT_UNSUPPORTED,
          BACKUP_NOT_FOUND,
          BACKUP_UNSUITABLE,
          NAME_TAKEN ->
          true;
      default -> false;
    };
  }

  /** The target's backup of a run has to be the source's. */
  private void requireSame(RunId run, BackupIndex index) throws IOException {
    switch (index.entry(run)) {
      case BackupEntry.Corrupt damaged ->
          throw new HoldfastException(
              ErrorCode.BACKUP_UNSUITABLE,
              "backup " + run + " is damaged in " + target.location() + ": " + damaged.reason(),
              "Delete it there, and copy again.");
      case BackupEntry.Readable(var there, long stored) -> {
        Manifest here;
        try (BackupReader reader = source.open(run)) {
          here = reader.manifest();
        }
        if (!there.backupId().equals(here.backupId())) {
          throw new HoldfastException(
              ErrorCode.NAME_TAKEN,
              target.location()
                  + " has another backup of run "
                  + run
                  + ": "
                  + there.backupId()
                  + " of "
                  + there.host()
                  + ", and not "
                  + here.backupId(),
              "Two installations have counted alike; give each a repository of its own.");
        }
      }
    }
  }

  /** What a copy of this very backup left that was interrupted is no failed run. */
  private void removeInterrupted(Manifest manifest) throws IOException {
    for (BackupEntry failed : target.listFailed()) {
      if (failed instanceof BackupEntry.Readable(var record, long stored)
          && record.runId().equals(manifest.runId())
          && (record.backupId().equals(manifest.backupId()) || saysNothing(record))) {
        target.delete(manifest.runId());
      }
    }
  }

  /** It ended before it had said what it was. */
  private static boolean saysNothing(Manifest record) {
    return record.components().isEmpty()
        && record.failure().filter(why -> why.code() == ErrorCode.INTERRUPTED).isPresent();
  }

  private void add(
      RunId run, Result result, long bytes, Optional<ComponentRecord.Failure> failure) {
    backups.add(new Backup(run, result, bytes, failure));
    monitor.tell(
        new RunEvent.ComponentFinished(
            run.value(), result.word(), failure.map(ComponentRecord.Failure::message)));
  }

  private static ComponentRecord.Failure failure(HoldfastException e) {
    return new ComponentRecord.Failure(e.code(), e.message(), e.guidance());
  }
}
