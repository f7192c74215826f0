package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * {@code struct statx} of the kernel, which is the same for every processor and C library, unlike
 * {@code struct stat}.
 */
final class StatxLayout {
  static final int BYTES = 256;

  /** Everything that {@code struct stat} would hold. */
  static final int BASIC_STATS = 0x7ff;

  private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT;
  private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong S64 = ValueLayout.JAVA_LONG;

  private StatxLayout() {}

  /**
   * What the kernel said of a path.
   *
   * @throws FileLayerException {@code NOT_SUPPORTED} if it is of no type: the descriptors of epoll,
   *     signals and timers are such, and any process may have them under {@code /proc/PID/fd}
   */
  static FileStat read(MemorySegment s, FilePath path) throws FileLayerException {
    int mode = s.get(U16, 28);
    FileType type =
        type(mode)
            .orElseThrow(() ->
                new FileLayerException("stat", path, Reason.NOT_SUPPORTED, "of no known type"));
    return new FileStat(
        type,
        mode & 07777,
        Integer.toUnsignedLong(s.get(U32, 20)),
        Integer.toUnsignedLong(s.get(U32, 24)),
        s.get(S64, 40),
        s.get(S64, 48) * 512,
        time(s, 112),
        time(s, 96),
        deviceNumber(s.get(U32, 136), s.get(U32, 140)),
        s.get(S64, 32),
        Integer.toUnsignedLong(s.get(U32, 16)),
        deviceNumber(s.get(U32, 128), s.get(U32, 132)));
  }

  private static Optional<FileType> type(int mode) {
    return switch (mode & 0xf000) {
      case 0x8000 -> Optional.of(FileType.REGULAR);
      case 0x4000 -> Optional.of(FileType.DIRECTORY);
      case 0xa000 -> Optional.of(FileType.SYMLINK);
      case 0x1000 -> Optional.of(FileType.FIFO);
      case 0xc000 -> Optional.of(FileType.SOCKET);
      case 0x2000 -> Optional.of(FileType.CHARACTER_DEVICE);
      case 0x6000 -> Optional.of(FileType.BLOCK_DEVICE);
      default -> Optional.empty();
    };
  }

  /** The bits of a type that {@code mknod} can make. */
  static int specialBits(FileType type) {
    return switch (type) {
      case FIFO -> 0x1000;
      case CHARACTER_DEVICE -> 0x2000;
      case BLOCK_DEVICE -> 0x6000;
      case SOCKET -> 0xc000;
      case REGULAR, DIRECTORY, SYMLINK ->
          throw new IllegalArgumentException("no special file: " + type);
    };
  }

  /** Major and minor as one number, as {@code mknod} takes it. */
  static long deviceNumber(int major, int minor) {
    long high = Integer.toUnsignedLong(major);
    long low = Integer.toUnsignedLong(minor);
    return ((high & ~0xfffL) << 32) | ((high & 0xfff) << 8) | ((low & ~0xffL) << 12) | (low & 0xff);
  }

  private static FileTime time(MemorySegment s, long offset) {
    return new FileTime(s.get(S64, offset), s.get(U32, offset + 8));
  }
}
