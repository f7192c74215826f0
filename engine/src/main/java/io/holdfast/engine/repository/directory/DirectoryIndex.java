package io.holdfast.engine.repository.directory;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.layout.BackupName;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names in {@code completed}. Backups come and go by renames, each of which changes the time of
 * the directory.
 */
final class DirectoryIndex implements BackupIndex {
  /**
   * The kernel's times move in ticks of some milliseconds, so that a change right after a reading
   * may carry the time of that reading. A directory that changed this recently is read again.
   */
  private static final Duration UNSETTLED = Duration.ofSeconds(1);

  private final StoredBackups stored;
  private final Optional<FileStat> directory;
  private final boolean settled;
  private final List<RunId> runs;
  private final Map<RunId, BackupName> names = new HashMap<>();

  private DirectoryIndex(
      StoredBackups stored, Optional<FileStat> directory, boolean settled, List<BackupName> names) {
    this.stored = stored;
    this.directory = directory;
    this.settled = settled;
    this.runs = names.stream().map(BackupName::run).distinct().toList();
    names.forEach(name -> this.names.putIfAbsent(name.run(), name));
  }

  static DirectoryIndex read(StoredBackups stored, Clock clock) throws IOException {
    FilePath completed = stored.layout().completed();
    // Looked at before the names are read: what comes between shows as a change.
    Optional<FileStat> directory = stored.files().find(completed);
    if (directory.isEmpty()) {
      return new DirectoryIndex(stored, directory, true, List.of());
    }
    Instant changed =
        Instant.ofEpochSecond(
            directory.get().changed().seconds(), directory.get().changed().nanos());
    Instant now = clock.instant();
    // A time in the future tells that one of the clocks cannot be trusted.
    boolean settled = changed.plus(UNSETTLED).isBefore(now);
    return new DirectoryIndex(stored, directory, settled, stored.names(completed));
  }

  @Override
  public List<RunId> runs() {
    return runs;
  }

  @Override
  public boolean isCurrent() throws IOException {
    Optional<FileStat> now = stored.files().find(stored.layout().completed());
    if (now.isEmpty() || directory.isEmpty()) {
      return now.isEmpty() && directory.isEmpty();
    }
    return settled
        && now.get().isSameFile(directory.get())
        && now.get().changed().equals(directory.get().changed());
  }

  @Override
  public String version(RunId run) throws IOException {
    BackupName name = name(run);
    FilePath path = stored.layout().completed(name);
    FilePath manifest = name.isArchive() ? path : path.resolve(BackupLayout.MANIFEST);
    return stored
        .files()
        .find(manifest)
        .map(stat -> stat.inode() + " " + stat.size() + " " + stat.changed())
        .orElse("gone");
  }

  @Override
  public BackupEntry entry(RunId run) throws IOException {
    BackupName name = name(run);
    FilePath path = stored.layout().completed(name);
    return stored
        .errors()
        .translate(() -> stored.entryIfThere(name, path))
        .orElseGet(() ->
            new BackupEntry.Corrupt(
                run, Optional.of(name.trigger()), Optional.empty(), false, -1, "is gone", false));
  }

  private BackupName name(RunId run) {
    BackupName name = names.get(run);
    if (name == null) {
      throw new IllegalArgumentException("not in this index: " + run);
    }
    return name;
  }
}
