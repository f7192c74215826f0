package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import java.util.Optional;

/**
 * A lock by {@code flock}, which belongs to the open file and not to the process: two handles in
 * one process exclude each other, and closing an unrelated handle of the same file frees nothing,
 * both unlike the locks of {@code fcntl} that the JDK uses.
 */
final class PosixLock implements HeldLock {
  private static final String OPERATION = "lock";

  /** More than this many replacements of the file in a row are no accident. */
  private static final int ATTEMPTS = 100;

  private final Descriptor descriptor;

  private PosixLock(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  static Optional<HeldLock> tryLock(Machine machine, FilePath path) throws FileLayerException {
    int flags = Descriptor.O_RDWR | Descriptor.O_CREAT;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var file = Descriptor.open(machine, OPERATION, path, flags, 0600);
      boolean held = false;
      try {
        var stat = file.stat();
        SpecialFiles.requireRegular(OPERATION, path, stat);
        if (!lock(file)) {
          return Optional.empty();
        }
        // Whoever opens the name from now on must meet this lock, so it must still be this file's.
        held = Inodes.find(machine, path).filter(stat::isSameFile).isPresent();
        if (held) {
          return Optional.of(new PosixLock(file));
        }
      } finally {
        if (!held) {
          file.close();
        }
      }
    }
    throw new FileLayerException(OPERATION, path, Reason.BUSY, "somebody keeps replacing the file");
  }

  private static boolean lock(Descriptor file) throws FileLayerException {
    try (var memory = CallMemory.forNumbers()) {
      int result = LibC.flock(memory, file.number(), LibC.LOCK_EX_NB);
      if (result == -Errno.EAGAIN) {
        return false;
      }
      file.check(OPERATION, result);
      return true;
    }
  }

  @Override
  public void close() throws FileLayerException {
    descriptor.close();
  }
}
