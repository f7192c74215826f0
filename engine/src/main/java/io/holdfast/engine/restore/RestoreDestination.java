package io.holdfast.engine.restore;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.PlaceChecks;
import java.io.IOException;
import java.util.Optional;

/**
 * Where a restore to another place goes. It has to be free, and apart from the installation: there
 * is neither consent nor a safety backup for what would be mixed up with it or lost.
 */
public final class RestoreDestination {
  private static final String FREE = "Name a directory that does not exist yet, or an empty one.";

  private RestoreDestination() {}

  /**
   * Goes on if nothing is there, or an empty directory; and if it neither lies in the repository,
   * the state or a component nor holds one of them, wherever symbolic links lead. An empty
   * directory below a component is live, and one in the repository would pass for a backup.
   *
   * @throws HoldfastException {@code TARGET_UNSUITABLE}
   */
  public static void requireFree(FileLayer files, Installation installation, FilePath place)
      throws IOException {
    Optional<String> overlap = new PlaceChecks(files).overlap(installation, place);
    if (overlap.isPresent()) {
      throw refuse(
          place,
          overlap.get(),
          "Name a directory outside of the repository, the state directory and all components.");
    }
    if (files.find(place).isEmpty()) {
      return;
    }
    if (files.follow(place).type() != FileType.DIRECTORY) {
      throw refuse(place, "is no directory", FREE);
    }
    if (!files.list(files.resolveLinks(place)).isEmpty()) {
      throw refuse(place, "is not empty", FREE);
    }
  }

  private static HoldfastException refuse(FilePath place, String why, String guidance) {
    return new HoldfastException(
            ErrorCode.TARGET_UNSUITABLE, "the place to restore to, " + place + ", " + why, guidance)
        .with("path", place.toString());
  }
}
