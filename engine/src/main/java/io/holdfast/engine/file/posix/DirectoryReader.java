package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Reads the names of a directory by {@code getdents64}, whose records are the same everywhere:
 * inode (8 bytes), offset (8), length of the record (2), type (1), name, NUL.
 */
final class DirectoryReader {
  private static final int BUFFER_BYTES = 32 << 10;
  private static final int LENGTH_AT = 16;
  private static final int NAME_AT = 19;

  private DirectoryReader() {}

  static List<byte[]> names(Machine machine, FilePath path) throws FileLayerException {
    int flags = Descriptor.O_RDONLY | machine.directory;
    try (var directory = Descriptor.open(machine, "list", path, flags, 0)) {
      return names(machine, directory);
    }
  }

  /**
   * Of a directory that was just opened: its names are read once.
   *
   * @param directory open for reading
   */
  static List<byte[]> names(Machine machine, Descriptor directory) throws FileLayerException {
    var names = new NameList.Builder();
    FilePath path = directory.path();
    try (var memory = new CallMemory()) {
      var buffer = memory.reserve(BUFFER_BYTES);
      while (true) {
        long filled =
            directory.check(
                "list",
                LibC.syscall(
                    memory,
                    machine.getdents64,
                    directory.number(),
                    buffer.address(),
                    BUFFER_BYTES,
                    0,
                    0));
        if (filled == 0) {
          return names.build();
        }
        for (long at = 0; at < filled; ) {
          int length = Short.toUnsignedInt(buffer.get(ValueLayout.JAVA_SHORT, at + LENGTH_AT));
          add(names, path, buffer.asSlice(at + NAME_AT, length - NAME_AT));
          at += length;
        }
      }
    }
  }

  private static void add(NameList.Builder names, FilePath path, MemorySegment name)
      throws FileLayerException {
    int length = 0;
    boolean onlyDots = true;
    for (byte b; (b = name.get(ValueLayout.JAVA_BYTE, length)) != 0; length++) {
      onlyDots &= b == '.';
      if (b == '/') {
        // Only a damaged or hostile file system has such names; they would lead out of the tree.
        throw new FileLayerException(
            "list", path, Reason.INPUT_OUTPUT, "a name in the directory holds a slash");
      }
    }
    if (onlyDots && length <= 2) {
      return;
    }
    byte[] room = names.room(length);
    MemorySegment.copy(name, ValueLayout.JAVA_BYTE, 0, room, names.offset(), length);
  }
}
