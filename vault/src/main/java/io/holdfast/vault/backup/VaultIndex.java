package io.holdfast.vault.backup;

import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The backups of a vault at one moment, by what their snapshots say. */
final class VaultIndex implements BackupIndex {
  private final VaultListing listing;
  private final Map<RunId, KnownBackup> backups = new LinkedHashMap<>();
  private final List<RepositoryProblem> unreadable;

  VaultIndex(
      VaultListing listing, List<KnownBackup> newestFirst, List<RepositoryProblem> unreadable) {
    this.listing = listing;
    this.unreadable = unreadable;
    newestFirst.forEach(backup -> backups.putIfAbsent(backup.tags().run(), backup));
  }

  @Override
  public List<RunId> runs() {
    return List.copyOf(backups.keySet());
  }

  @Override
  public List<RepositoryProblem> unreadable() {
    return unreadable;
  }

  @Override
  public boolean isCurrent() throws IOException {
    VaultIndex now = listing.look();
    return ids(List.copyOf(now.backups.values())).equals(ids(List.copyOf(backups.values())))
        && now.unreadable.equals(unreadable);
  }

  private static List<String> ids(List<KnownBackup> backups) {
    return backups.stream().map(backup -> backup.id().toString()).toList();
  }

  /** A snapshot never changes. */
  @Override
  public String version(RunId run) {
    return backup(run).id().toString();
  }

  @Override
  public BackupEntry entry(RunId run) throws IOException {
    KnownBackup backup = backup(run);
    return listing
        .entry(backup)
        .orElseGet(() ->
            new BackupEntry.Corrupt(
                run,
                Optional.of(backup.tags().trigger()),
                backup.tags().installation(),
                true,
                -1,
                "is gone",
                false));
  }

  private KnownBackup backup(RunId run) {
    KnownBackup backup = backups.get(run);
    if (backup == null) {
      throw new IllegalArgumentException("not in this index: " + run);
    }
    return backup;
  }
}
