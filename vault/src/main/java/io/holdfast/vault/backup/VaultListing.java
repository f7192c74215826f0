package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.pack.BlobReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which backups a vault holds, from what its snapshots say.
 *
 * @param vault how to get at it
 * @param snapshots how to get at its snapshots
 */
record VaultListing(
    VaultErrors errors,
    Opening<Vault> vault,
    Opening<Snapshots> snapshots,
    Cancellation cancellation) {
  /** All that are backups, newest first. */
  List<BackupEntry> list() throws IOException {
    return errors.translate(() -> {
      while (true) {
        Snapshots.Look look = snapshots.open().look(cancellation);
        List<BackupEntry> entries = entries(look);
        if (isToBeTrusted(entries, look)) {
          return entries;
        }
      }
    });
  }

  /** No lock is held for a list: what a prune moves meanwhile only looks damaged. */
  private boolean isToBeTrusted(List<BackupEntry> entries, Snapshots.Look look) throws IOException {
    return entries.stream().allMatch(BackupEntry.Readable.class::isInstance)
        || snapshots.open().isCurrent(look);
  }

  private BackupEntry entry(Snapshots.Look look, KnownBackup backup) throws IOException {
    try (var blobs = new BlobReader(vault.open(), look.index())) {
      return entry(blobs, backup);
    }
  }

  private List<BackupEntry> entries(Snapshots.Look look) throws IOException {
    var entries = new ArrayList<BackupEntry>();
    try (var blobs = new BlobReader(vault.open(), look.index())) {
      for (KnownBackup backup : look.backups()) {
        entries.add(entry(blobs, backup));
      }
    }
    return List.copyOf(entries);
  }

  private static BackupEntry entry(BlobReader blobs, KnownBackup backup) throws IOException {
    try {
      return new BackupEntry.Readable(SnapshotContent.manifest(blobs, backup).manifest(), -1);
    } catch (HoldfastException damaged) {
      if (damaged.code().kind() != ErrorCode.Kind.CORRUPT) {
        throw damaged;
      }
      return new BackupEntry.Corrupt(
          backup.tags().run(),
          Optional.of(backup.tags().trigger()),
          backup.tags().installation(),
          true,
          -1,
          damaged.message(),
          damaged.code() == ErrorCode.FORMAT_UNSUPPORTED);
    }
  }

  /** The backups that there are now. */
  VaultIndex look() throws IOException {
    return errors.translate(() -> {
      Snapshots.Names names = snapshots.open().names();
      return new VaultIndex(this, names.backups(), problems(names.unreadable()));
    });
  }

  /** A backup of an index; empty if it is gone. */
  Optional<BackupEntry> entry(KnownBackup backup) throws IOException {
    return errors.translate(() -> {
      while (true) {
        Snapshots.Look look = snapshots.open().look(cancellation);
        if (look.backups().stream().noneMatch(other -> other.id().equals(backup.id()))) {
          return Optional.empty();
        }
        BackupEntry entry = entry(look, backup);
        if (isToBeTrusted(List.of(entry), look)) {
          return Optional.of(entry);
        }
      }
    });
  }

  /** What may be backups too, and is too damaged to tell which. */
  List<RepositoryProblem> unreadable() throws IOException {
    return errors.translate(() -> problems(snapshots.open().names().unreadable()));
  }

  private static List<RepositoryProblem> problems(Map<ContentId, FormatException> unreadable) {
    return unreadable.entrySet().stream()
        .map(snapshot ->
            new RepositoryProblem(
                ErrorCode.MANIFEST_CORRUPT,
                Optional.empty(),
                FileId.of(FileType.SNAPSHOT, snapshot.getKey()).toString(),
                "is damaged: " + snapshot.getValue().wrong()))
        .sorted(Comparator.comparing(RepositoryProblem::subject))
        .toList();
  }
}
