package io.holdfast.store.files;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Directories above a target that do not exist, the outermost first.
 *
 * @param missing what has to be made
 */
record MissingParents(List<FilePath> missing) {
  private static final int MODE = 0755;

  /**
   * Looks from a directory upwards.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code TARGET_UNSUITABLE} if one of them is
   *     something else
   */
  static MissingParents of(FileLayer files, FilePath directory) throws IOException {
    var missing = new ArrayList<FilePath>();
    FilePath at = directory;
    while (true) {
      FileStat stat = files.find(at).orElse(null);
      if (stat != null && stat.isSymlink()) {
        stat = files.follow(at);
      }
      if (stat != null) {
        if (!stat.isDirectory()) {
          throw TargetErrors.unsuitable(
              at + " is no directory, and the target would have to lie in it", "Move it away.");
        }
        return new MissingParents(missing.reversed());
      }
      missing.add(at);
      at = at.parent();
    }
  }

  void create(FileLayer files) throws IOException {
    for (FilePath path : missing) {
      files.createDirectory(path, MODE);
    }
  }
}
