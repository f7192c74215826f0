package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;

/** Makes durable what was written, by path. */
final class Syncing {
  private Syncing() {}

  static void sync(Machine machine, FilePath path) throws FileLayerException {
    try (var file = openToSync(machine, path)) {
      var stat = file.stat();
      if (!stat.isDirectory()) {
        SpecialFiles.requireRegular("sync", path, stat);
      }
      file.sync();
    }
  }

  static void syncFileSystem(Machine machine, FilePath path) throws FileLayerException {
    try (var file = openToSync(machine, path);
        var memory = CallMemory.forNumbers()) {
      file.check("sync file system", LibC.syncfs(memory, file.number()));
    }
  }

  /** A file may be writable and not readable; either will do. */
  private static Descriptor openToSync(Machine machine, FilePath path) throws FileLayerException {
    try {
      return Descriptor.open(machine, "sync", path, Descriptor.O_RDONLY, 0);
    } catch (FileLayerException unreadable) {
      if (unreadable.reason() != Reason.NOT_PERMITTED) {
        throw unreadable;
      }
      try {
        return Descriptor.open(machine, "sync", path, Descriptor.O_WRONLY, 0);
      } catch (FileLayerException unwritable) {
        throw unreadable;
      }
    }
  }
}
