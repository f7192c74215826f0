package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Asks the kernel about inodes, by path. */
final class Inodes {
  private Inodes() {}

  /** See {@link io.holdfast.engine.file.FileLayer#find}. */
  static Optional<FileStat> find(Machine machine, FilePath path) throws FileLayerException {
    try (var memory = new CallMemory()) {
      var result = memory.reserve(StatxLayout.BYTES);
      int errno = statx(memory, machine, path, LibC.AT_SYMLINK_NOFOLLOW, result);
      return switch (errno) {
        case 0 -> Optional.of(StatxLayout.read(result, path));
        case Errno.ENOENT, Errno.ENOTDIR -> Optional.empty();
        default -> throw Errno.failure("stat", path, errno);
      };
    }
  }

  /** See {@link io.holdfast.engine.file.FileLayer#follow}. */
  static FileStat follow(Machine machine, FilePath path) throws FileLayerException {
    try (var memory = new CallMemory()) {
      var result = memory.reserve(StatxLayout.BYTES);
      int errno = statx(memory, machine, path, 0, result);
      if (errno != 0) {
        throw Errno.failure("stat", path, errno);
      }
      return StatxLayout.read(result, path);
    }
  }

  private static int statx(
      CallMemory memory, Machine machine, FilePath path, int flags, MemorySegment result) {
    return (int)
        -LibC.syscall(
            memory,
            machine.statx,
            LibC.AT_FDCWD,
            memory.string(path.toBytes()),
            flags,
            StatxLayout.BASIC_STATS,
            result.address());
  }
}
