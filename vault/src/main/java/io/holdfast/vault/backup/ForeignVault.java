package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.foreign.ForeignReader;
import io.holdfast.engine.repository.foreign.ForeignSnapshot;
import io.holdfast.engine.repository.foreign.ForeignSnapshots;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.format.Snapshot;
import io.holdfast.vault.pack.BlobReader;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The snapshots of a vault that are no backups of Holdfast's: those of restic, and of other
 * programs that write its format.
 *
 * @param errors explains failures of the vault
 * @param vault opens the vault, once it is needed
 * @param snapshots gives what was read of it
 * @param locks its locks: they keep others from removing what is being read
 * @param cancellation ends what waits for the vault
 */
record ForeignVault(
    VaultErrors errors,
    Opening<Vault> vault,
    Opening<Snapshots> snapshots,
    Locking locks,
    Cancellation cancellation)
    implements ForeignSnapshots {
  private ReadingLock lock() throws IOException {
    return ReadingLock.take(locks.of(vault.open()));
  }

  @Override
  public List<ForeignSnapshot> list() throws IOException {
    return errors.translate(() ->
        snapshots.open().foreign().entrySet().stream()
            .map(entry -> foreign(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparing(ForeignSnapshot::time)
                    .reversed()
                    .thenComparing(ForeignSnapshot::id))
            .toList());
  }

  private static ForeignSnapshot foreign(ContentId id, Snapshot snapshot) {
    return new ForeignSnapshot(
        id.toString(),
        snapshot.time().instant(),
        snapshot.hostname(),
        snapshot.username(),
        snapshot.paths(),
        snapshot.tags(),
        snapshot.programVersion());
  }

  @Override
  public List<RepositoryProblem> verify(
      List<ForeignSnapshot> wanted, boolean content, Cancellation wish, LongConsumer progress)
      throws IOException {
    return errors.translate(() -> {
      Snapshots all = snapshots.open();
      // Before the index is read: where it says that blobs are, they stay while this is held.
      ReadingLock lock = lock();
      try {
        return verify(vault.open(), all, wanted, content, new Meter(wish, progress));
      } finally {
        lock.close();
      }
    });
  }

  private static List<RepositoryProblem> verify(
      Vault vault, Snapshots all, List<ForeignSnapshot> wanted, boolean content, Meter meter)
      throws IOException {
    Snapshots.Look look = all.look(meter.cancellation());
    try (var workers = Workers.start("check");
        BlobReader blobs =
            content
                ? BlobReader.ofMany(vault, look.index(), workers)
                : BlobReader.ofTrees(vault, look.index())) {
      var check = new ForeignCheck(blobs, look.index(), content, meter);
      for (ForeignSnapshot snapshot : wanted) {
        Snapshot stored = look.others().get(ContentId.parse(snapshot.id()));
        // One that was forgotten since it was listed is not damaged, but gone.
        if (stored != null) {
          check.snapshot("snapshot " + snapshot.shortId(), stored.tree());
        }
      }
      return check.problems();
    }
  }

  @Override
  public ForeignReader open(ForeignSnapshot snapshot) throws IOException {
    return errors.translate(() -> {
      Snapshots all = snapshots.open();
      ReadingLock lock = lock();
      try {
        return open(snapshot, all, lock);
      } catch (IOException | RuntimeException failure) {
        lock.close();
        throw failure;
      }
    });
  }

  private ForeignReader open(ForeignSnapshot snapshot, Snapshots all, ReadingLock lock)
      throws IOException {
    Snapshots.Look look = all.look(cancellation);
    Snapshot stored = look.others().get(ContentId.parse(snapshot.id()));
    if (stored == null) {
      throw new HoldfastException(
          ErrorCode.BACKUP_NOT_FOUND,
          "there is no snapshot " + snapshot.shortId() + " in " + errors.location(),
          "`holdfast backup list` shows what there is.");
    }
    var workers = Workers.start("read");
    try {
      return new VaultForeignReader(
          snapshot,
          errors,
          workers,
          BlobReader.ofMany(vault.open(), look.index(), workers),
          look.index(),
          stored.tree(),
          lock);
    } catch (IOException | RuntimeException failure) {
      workers.close();
      throw failure;
    }
  }
}
