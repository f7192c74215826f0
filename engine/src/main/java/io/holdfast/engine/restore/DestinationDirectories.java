package io.holdfast.engine.restore;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * The directories of a restore to another place. Where there can be none because of how the place
 * is called or where it lies, whoever named it is told so, and not that the storage failed.
 */
public final class DestinationDirectories {
  private static final int MODE = 0700;

  private DestinationDirectories() {}

  /**
   * Goes on if nothing speaks against a place, as far as that can be seen without making it.
   *
   * @throws HoldfastException {@code TARGET_UNSUITABLE}
   */
  public static void requirePossible(FileLayer files, FilePath place) throws IOException {
    try {
      FilePath above = place;
      while (files.find(above).isEmpty() && !above.parent().equals(above)) {
        above = above.parent();
      }
      if (!files.follow(above).isDirectory() && !above.equals(place)) {
        throw new FileLayerException(
            "look at", above, FileLayerException.Reason.NOT_A_DIRECTORY, "");
      }
    } catch (FileLayerException failure) {
      explain(place, failure);
      throw failure;
    }
  }

  /**
   * Makes a directory in the place, and the place itself.
   *
   * @param made told of what is about to be made, the outermost first, so that a restore that fails
   *     can remove it
   * @throws HoldfastException {@code TARGET_UNSUITABLE}
   */
  static void make(FileLayer files, FilePath place, FilePath directory, Consumer<FilePath> made)
      throws IOException {
    try {
      var missing = new ArrayList<FilePath>();
      for (FilePath at = directory; files.find(at).isEmpty(); at = at.parent()) {
        missing.add(at);
      }
      missing.reversed().forEach(made);
      FileTrees.createDirectories(files, directory, MODE);
    } catch (FileLayerException failure) {
      explain(place, failure);
      throw failure;
    }
  }

  private static void explain(FilePath place, FileLayerException failure) {
    switch (failure.reason()) {
      case NOT_FOUND, NOT_A_DIRECTORY, SYMLINK, TOO_LONG ->
          throw new HoldfastException(
                  ErrorCode.TARGET_UNSUITABLE,
                  "the place to restore to, " + place + ", cannot be: " + failure.getMessage(),
                  "Name a directory that does not exist yet, or an empty one.",
                  failure)
              .with("path", place.toString());
      default -> {
        // No fault of the place's name.
      }
    }
  }
}
