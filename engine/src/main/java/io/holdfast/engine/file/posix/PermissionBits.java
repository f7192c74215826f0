package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import java.nio.charset.StandardCharsets;

/**
 * Sets permission bits by path without following a symbolic link, not even one that takes the place
 * of a file at the last moment: {@code chmod} would follow it.
 */
final class PermissionBits {
  private PermissionBits() {}

  static void set(Machine machine, FilePath path, int mode) throws FileLayerException {
    Arguments.mode(mode);
    int result = byNewCall(path, mode);
    switch (result) {
      case 0 -> {}
      // Not there before Linux 6.6 (ENOSYS). Some sandboxes answer EPERM to calls that they do not
      // know; and EOPNOTSUPP is what a link gets, which the way below tells apart.
      case -Errno.ENOSYS, -Errno.EPERM, -Errno.EOPNOTSUPP -> byDescriptor(machine, path, mode);
      default -> throw Errno.failure("set mode", path, -result);
    }
  }

  private static int byNewCall(FilePath path, int mode) {
    try (var memory = new CallMemory()) {
      return (int)
          LibC.syscall(
              memory,
              Machine.SYS_FCHMODAT2,
              LibC.AT_FDCWD,
              memory.string(path.toBytes()),
              mode,
              LibC.AT_SYMLINK_NOFOLLOW,
              0);
    }
  }

  /**
   * Pins the inode by a descriptor that gives no access, then goes to it through {@code /proc},
   * since {@code fchmod} refuses such a descriptor.
   */
  static void byDescriptor(Machine machine, FilePath path, int mode) throws FileLayerException {
    try (var inode = Descriptor.open(machine, "set mode", path, Descriptor.O_PATH, 0);
        var memory = new CallMemory()) {
      if (inode.stat().isSymlink()) {
        throw new FileLayerException("set mode", path, Reason.SYMLINK, "");
      }
      var link = ("/proc/self/fd/" + inode.number()).getBytes(StandardCharsets.US_ASCII);
      int result = LibC.chmod(memory, memory.string(link), mode);
      if (result == -Errno.ENOENT) {
        throw new FileLayerException(
            "set mode", path, Reason.NOT_SUPPORTED, "older kernels need /proc for it");
      }
      inode.check("set mode", result);
    }
  }
}
