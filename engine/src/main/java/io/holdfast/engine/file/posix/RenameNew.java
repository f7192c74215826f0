package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;

/** Renames without ever replacing what bears the new name. */
final class RenameNew {
  private static final String OPERATION = "rename";

  private RenameNew() {}

  static void rename(Machine machine, FilePath from, FilePath to) throws FileLayerException {
    try (var memory = new CallMemory()) {
      int result =
          (int)
              LibC.syscall(
                  memory,
                  machine.renameat2,
                  LibC.AT_FDCWD,
                  memory.string(from.toBytes()),
                  LibC.AT_FDCWD,
                  memory.string(to.toBytes()),
                  LibC.RENAME_NOREPLACE);
      switch (result) {
        case 0 -> {}
        // EINVAL is the answer of file systems that know no flags, NFS for one; EPERM that of
        // sandboxes to calls that they do not know.
        case -Errno.EINVAL, -Errno.ENOSYS, -Errno.EPERM -> inSteps(machine, from, to);
        default -> throw Errno.failure(OPERATION, from, -result);
      }
    }
  }

  /**
   * Takes the new name by an operation that fails if it is taken, then gives up the old one. A
   * directory moves onto an empty directory that was made for it, which the kernel replaces only
   * while it is empty; all else gets the new name as a second one first.
   */
  static void inSteps(Machine machine, FilePath from, FilePath to) throws FileLayerException {
    try (var memory = new CallMemory()) {
      long fromAddress = memory.string(from.toBytes());
      long toAddress = memory.string(to.toBytes());
      int linked = LibC.link(memory, fromAddress, toAddress);
      if (linked == 0) {
        int unlinked = LibC.unlink(memory, fromAddress);
        if (unlinked < 0) {
          LibC.unlink(memory, toAddress);
          throw Errno.failure(OPERATION, from, -unlinked);
        }
        return;
      }
      if (Inodes.find(machine, from).filter(FileStat::isDirectory).isEmpty()) {
        throw Errno.failure(OPERATION, from, -linked);
      }
      ontoPlaceholder(memory, from, fromAddress, toAddress);
    }
  }

  private static void ontoPlaceholder(
      CallMemory memory, FilePath from, long fromAddress, long toAddress)
      throws FileLayerException {
    int made = LibC.mkdir(memory, toAddress, 0700);
    if (made < 0) {
      throw Errno.failure(OPERATION, from, -made);
    }
    int renamed = LibC.rename(memory, fromAddress, toAddress);
    if (renamed < 0) {
      LibC.rmdir(memory, toAddress);
      // Somebody filled the placeholder, so the name is theirs; file systems differ in the answer.
      int errno = renamed == -Errno.ENOTEMPTY ? Errno.EEXIST : -renamed;
      throw Errno.failure(OPERATION, from, errno);
    }
  }
}
