package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Reads and sets the extended attributes of an inode by its path, never following a link. */
final class ExtendedAttributes {
  /** Enough for nearly every file; most have no attribute at all. */
  private static final int FIRST_TRY = 240;

  /** The kernel's own limit of a list of names and of a value. */
  private static final int LIMIT = 64 << 10;

  private ExtendedAttributes() {}

  static Map<AttributeName, byte[]> all(FilePath path) throws FileLayerException {
    byte[] names = names(path);
    if (names.length == 0) {
      return Map.of();
    }
    var all = new TreeMap<AttributeName, byte[]>();
    int start = 0;
    for (int at = 0; at < names.length; at++) {
      if (names[at] == 0) {
        byte[] name = Arrays.copyOfRange(names, start, at);
        readInto(all, path, name);
        start = at + 1;
      }
    }
    return Collections.unmodifiableMap(all);
  }

  static void set(FilePath path, byte[] name, byte[] value) throws FileLayerException {
    try (var memory = new CallMemory()) {
      long pathAddress = memory.string(path.toBytes());
      long nameAddress = memory.string(Arguments.text("attribute name", name));
      checkSet(
          path,
          LibC.lsetxattr(
              memory, pathAddress, nameAddress, Arguments.bytes(memory, value), value.length));
    }
  }

  /** Throws if setting failed. Here ERANGE says that the name, and E2BIG that the value is long. */
  static void checkSet(FilePath path, int result) throws FileLayerException {
    switch (result) {
      case 0 -> {}
      case -Errno.ERANGE ->
          throw new FileLayerException("set attribute", path, Reason.TOO_LONG, "attribute name");
      case -Errno.E2BIG ->
          throw new FileLayerException("set attribute", path, Reason.TOO_LARGE, "attribute value");
      default -> throw Errno.failure("set attribute", path, -result);
    }
  }

  private static byte[] names(FilePath path) throws FileLayerException {
    for (int room = FIRST_TRY; ; room = LIMIT) {
      try (var memory = new CallMemory()) {
        long address = memory.string(path.toBytes());
        var names = memory.reserve(room);
        long count = LibC.llistxattr(memory, address, names.address(), room);
        if (count >= 0) {
          return copy(names, count);
        }
        if (count == -Errno.EOPNOTSUPP) {
          return new byte[0];
        }
        if (count != -Errno.ERANGE || room == LIMIT) {
          throw Errno.failure("list attributes", path, (int) -count);
        }
      }
    }
  }

  private static void readInto(Map<AttributeName, byte[]> all, FilePath path, byte[] name)
      throws FileLayerException {
    for (int room = FIRST_TRY; ; room = LIMIT) {
      try (var memory = new CallMemory()) {
        long pathAddress = memory.string(path.toBytes());
        long nameAddress = memory.string(name);
        var value = memory.reserve(room);
        long count = LibC.lgetxattr(memory, pathAddress, nameAddress, value.address(), room);
        if (count >= 0) {
          all.put(new AttributeName(name), copy(value, count));
          return;
        }
        switch ((int) -count) {
          // Removed since the names were listed; or listed for all and readable for few.
          case Errno.ENODATA, Errno.EPERM, Errno.EACCES, Errno.EOPNOTSUPP -> {
            return;
          }
          default -> {
            if (count != -Errno.ERANGE || room == LIMIT) {
              throw Errno.failure("read attribute", path, (int) -count);
            }
          }
        }
      }
    }
  }

  private static byte[] copy(MemorySegment from, long count) {
    return from.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
  }
}
