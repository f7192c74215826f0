package io.holdfast.engine.repository.directory;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.Maintenance;
import io.holdfast.engine.repository.PruneOutcome;
import io.holdfast.engine.repository.RepositoryStats;
import io.holdfast.engine.repository.Unlocking;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * Looks after a repository of plain files. A backup there shares nothing with others, and goes
 * whole when it is deleted, so a prune has nothing to do; and its locks are the kernel's, which go
 * with whoever held them.
 */
record DirectoryMaintenance(DirectoryRepository repository) implements Maintenance {
  @Override
  public PruneOutcome prune(
      UnusedLimit limit, boolean dryRun, Cancellation cancellation, LongConsumer progress) {
    return PruneOutcome.nothing(dryRun);
  }

  @Override
  public RepositoryStats stats(Cancellation cancellation) throws IOException {
    int backups = 0;
    long files = 0;
    long logical = 0;
    long stored = 0;
    for (BackupEntry entry : repository.list()) {
      cancellation.check();
      backups++;
      if (entry instanceof BackupEntry.Readable(Manifest manifest, long ignored)) {
        logical += manifest.sizeBytes();
        files +=
            manifest.components().stream()
                .flatMap(component -> component.artifacts().stream())
                .mapToLong(Artifact::files)
                .sum();
        stored += stored(entry.runId());
      }
    }
    return new RepositoryStats(backups, 0, files, logical, -1, stored, 0, 0, 0);
  }

  private long stored(RunId run) throws IOException {
    try (BackupReader reader = repository.open(run)) {
      return reader.storedBytes();
    } catch (HoldfastException e) {
      if (e.code() == ErrorCode.BACKUP_NOT_FOUND || e.code().kind() == ErrorCode.Kind.CORRUPT) {
        // Deleted since it was listed, or damaged, of which `repository check` tells.
        return 0;
      }
      throw e;
    }
  }

  @Override
  public Unlocking unlock(boolean all) {
    return Unlocking.NOTHING;
  }
}
