package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.util.Locale;

/** Refuses what is no regular file, and says what it is instead. */
final class SpecialFiles {
  private SpecialFiles() {}

  static void requireRegular(String operation, FilePath path, FileStat stat)
      throws FileLayerException {
    switch (stat.type()) {
      case REGULAR -> {}
      case DIRECTORY -> throw new FileLayerException(operation, path, Reason.IS_A_DIRECTORY, "");
      case SYMLINK -> throw new FileLayerException(operation, path, Reason.SYMLINK, "");
      case FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE ->
          throw new FileLayerException(
              operation,
              path,
              Reason.NOT_REGULAR,
              stat.type().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
  }
}
