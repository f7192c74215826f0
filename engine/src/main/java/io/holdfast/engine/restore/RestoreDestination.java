package io.holdfast.engine.restore;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileType;
import java.io.IOException;

/**
 * Where a restore to another place goes. It has to be free: there is neither consent nor a safety
 * backup for what would be mixed up with it or lost.
 */
public final class RestoreDestination {
  private RestoreDestination() {}

  /**
   * Goes on if nothing is there, or an empty directory.
   *
   * @throws HoldfastException {@code TARGET_UNSUITABLE}
   */
  public static void requireFree(FileLayer files, FilePath place) throws IOException {
    if (files.find(place).isEmpty()) {
      return;
    }
    if (files.follow(place).type() != FileType.DIRECTORY) {
      throw refuse(place, "is no directory");
    }
    if (!files.list(files.resolveLinks(place)).isEmpty()) {
      throw refuse(place, "is not empty");
    }
  }

  private static HoldfastException refuse(FilePath place, String why) {
    return new HoldfastException(
            ErrorCode.TARGET_UNSUITABLE,
            "the place to restore to, " + place + ", " + why,
            "Name a directory that does not exist yet, or an empty one.")
        .with("path", place.toString());
  }
}
