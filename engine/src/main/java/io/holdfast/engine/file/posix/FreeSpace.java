package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayer.Space;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import java.lang.foreign.ValueLayout;

/** Reads {@code struct statvfs}, which begins alike in every 64-bit C library. */
final class FreeSpace {
  private static final int BYTES = 256;
  private static final int UNIT_AT = 8;
  private static final int TOTAL_AT = 16;
  private static final int AVAILABLE_AT = 32;

  private FreeSpace() {}

  static Space at(Machine machine, FilePath path) throws FileLayerException {
    try (var inode = Descriptor.open(machine, "space", path, Descriptor.O_PATH, 0);
        var memory = new CallMemory()) {
      var result = memory.reserve(BYTES);
      inode.check("space", LibC.fstatvfs(memory, inode.number(), result.address()));
      long unit = result.get(ValueLayout.JAVA_LONG, UNIT_AT);
      return new Space(
          bytes(result.get(ValueLayout.JAVA_LONG, TOTAL_AT), unit),
          bytes(result.get(ValueLayout.JAVA_LONG, AVAILABLE_AT), unit));
    }
  }

  /** Some network file systems claim more than a number of bytes can say. */
  static long bytes(long count, long unit) {
    boolean tooMany = count < 0 || Math.multiplyHigh(count, unit) != 0 || count * unit < 0;
    return tooMany ? Long.MAX_VALUE : count * unit;
  }
}
