package io.holdfast.engine.restore;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Directories that were missing above targets and are made by a restore, once for all components:
 * each has only its own target to swap, and none can take another's parents away. Thread-safe.
 */
final class CreatedDirectories {
  private static final int MODE = 0755;

  private final FileLayer files;
  private final RestoreJournal journal;

  /**
   * @param journal knows what was made; a directory is in it before it exists
   */
  CreatedDirectories(FileLayer files, RestoreJournal journal) {
    this.files = files;
    this.journal = journal;
  }

  /** See {@link io.holdfast.engine.component.RestoreContext#makeDirectories}. */
  synchronized List<FilePath> make(FilePath directory) throws IOException {
    List<FilePath> missing = missing(directory);
    if (!missing.isEmpty()) {
      journal.creating(missing);
      for (FilePath path : missing) {
        files.createDirectory(path, MODE);
      }
      files.sync(missing.getFirst().parent());
    }
    return journal.record().created().stream().filter(directory::startsWith).toList();
  }

  private List<FilePath> missing(FilePath directory) throws IOException {
    var missing = new ArrayList<FilePath>();
    for (FilePath at = directory; ; at = at.parent()) {
      Optional<FileStat> stat = files.find(at);
      if (stat.isPresent()) {
        requireDirectory(at, stat.get().isSymlink() ? files.follow(at) : stat.get());
        return missing.reversed();
      }
      missing.add(at);
    }
  }

  private static void requireDirectory(FilePath path, FileStat stat) {
    if (!stat.isDirectory()) {
      throw new HoldfastException(
          ErrorCode.TARGET_UNSUITABLE,
          path + " is no directory, and a target would have to lie in it",
          "Move it away, and restore again.");
    }
  }

  /** Removes directories that a restore made, as far as they are empty; idempotent. */
  static void remove(FileLayer files, List<FilePath> created) throws IOException {
    for (FilePath directory : created.reversed()) {
      try {
        files.deleteDirectory(directory);
      } catch (FileLayerException e) {
        if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.NOT_EMPTY) {
          throw e;
        }
      }
    }
  }
}
