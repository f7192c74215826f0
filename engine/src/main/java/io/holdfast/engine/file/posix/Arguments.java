package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Checks arguments, and lays them out as C expects them. */
final class Arguments {
  private static final long MAX_ID = 0xffff_fffeL;

  private Arguments() {}

  static int mode(int mode) {
    if ((mode & ~07777) != 0) {
      throw new IllegalArgumentException("not permission bits: 0" + Integer.toOctalString(mode));
    }
    return mode;
  }

  /** The number after the last would mean "leave it as it is" to the kernel. */
  static long id(long id) {
    if (id < 0 || id > MAX_ID) {
      throw new IllegalArgumentException("not the number of a user or group: " + id);
    }
    return id;
  }

  /** Bytes that C can take as a string. */
  static byte[] text(String what, byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("empty " + what);
    }
    for (byte b : bytes) {
      if (b == 0) {
        throw new IllegalArgumentException("NUL byte in " + what + ": " + FilePath.display(bytes));
      }
    }
    return bytes;
  }

  /** The address of two {@code struct timespec}: last access and last modification. */
  static long times(CallMemory memory, FileTime time) {
    var times = memory.reserve(32);
    for (int at = 0; at < 32; at += 16) {
      times.set(ValueLayout.JAVA_LONG, at, time.seconds());
      times.set(ValueLayout.JAVA_LONG, at + 8L, time.nanos());
    }
    return times.address();
  }

  /** The address of a copy of bytes that need not be text. */
  static long bytes(CallMemory memory, byte[] bytes) {
    var copy = memory.reserve(Math.max(1, bytes.length));
    MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return copy.address();
  }
}
