package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.foreign.ForeignReader;
import io.holdfast.engine.repository.foreign.ForeignSnapshot;
import io.holdfast.engine.repository.foreign.ForeignSnapshots;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
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
 * @param opening opens the vault, once it is needed
 */
record ForeignVault(VaultErrors errors, Opening opening) implements ForeignSnapshots {
  /** Gives the snapshots of the vault. */
  @FunctionalInterface
  interface Opening {
    Snapshots open() throws IOException;
  }

  @Override
  public List<ForeignSnapshot> list() throws IOException {
    return errors.translate(() ->
        opening.open().foreign().entrySet().stream()
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
      List<ForeignSnapshot> snapshots,
      boolean content,
      Cancellation cancellation,
      LongConsumer progress)
      throws IOException {
    return errors.translate(() -> {
      Snapshots all = opening.open();
      Snapshots.Look look = all.look(cancellation);
      try (BlobReader blobs = all.blobs(look)) {
        var check =
            new ForeignCheck(blobs, look.index(), content, new Meter(cancellation, progress));
        for (ForeignSnapshot snapshot : snapshots) {
          Snapshot stored = look.others().get(ContentId.parse(snapshot.id()));
          // One that was forgotten since it was listed is not damaged, but gone.
          if (stored != null) {
            check.snapshot("snapshot " + snapshot.shortId(), stored.tree());
          }
        }
        return check.problems();
      }
    });
  }

  @Override
  public ForeignReader open(ForeignSnapshot snapshot) throws IOException {
    return errors.translate(() -> {
      Snapshots all = opening.open();
      Snapshots.Look look = all.look(new Cancellation());
      Snapshot stored = look.others().get(ContentId.parse(snapshot.id()));
      if (stored == null) {
        throw new HoldfastException(
            ErrorCode.BACKUP_NOT_FOUND,
            "there is no snapshot " + snapshot.shortId() + " in " + errors.location(),
            "`holdfast backup list` shows what there is.");
      }
      return new VaultForeignReader(snapshot, errors, all.blobs(look), look.index(), stored.tree());
    });
  }
}
