package io.holdfast.vault.backup;

import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The backups of a vault at one moment, by what their snapshots say. */
final class VaultIndex implements BackupIndex {
  private final VaultRepository repository;
  private final Map<RunId, KnownBackup> backups = new LinkedHashMap<>();

  VaultIndex(VaultRepository repository, List<KnownBackup> newestFirst) {
    this.repository = repository;
    newestFirst.forEach(backup -> backups.putIfAbsent(backup.tags().run(), backup));
  }

  @Override
  public List<RunId> runs() {
    return List.copyOf(backups.keySet());
  }

  @Override
  public boolean isCurrent() throws IOException {
    return ids(repository.backups()).equals(ids(List.copyOf(backups.values())));
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
    return repository
        .entry(backup)
        .orElseGet(() ->
            new BackupEntry.Corrupt(
                run, Optional.of(backup.tags().trigger()), -1, "is gone", false));
  }

  private KnownBackup backup(RunId run) {
    KnownBackup backup = backups.get(run);
    if (backup == null) {
      throw new IllegalArgumentException("not in this index: " + run);
    }
    return backup;
  }
}
