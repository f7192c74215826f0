package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open file descriptor, with the path that it was opened by for messages. Usable by any number
 * of threads until closed.
 */
final class Descriptor implements AutoCloseable {
  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_RDWR = 2;
  static final int O_CREAT = 0100;
  static final int O_EXCL = 0200;
  static final int O_NOCTTY = 0400;
  static final int O_NONBLOCK = 04000;
  static final int O_CLOEXEC = 02000000;
  static final int O_PATH = 010000000;

  private static final byte[] NO_PATH = {};

  private final Machine machine;
  private final FilePath path;
  private final int fd;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Descriptor(Machine machine, FilePath path, int fd) {
    this.machine = machine;
    this.path = path;
    this.fd = fd;
  }

  /**
   * Opens without following a symbolic link, and without waiting for the other end of a FIFO.
   *
   * @param flags of {@code open}; those that are always right are added
   */
  static Descriptor open(Machine machine, String operation, FilePath path, int flags, int mode)
      throws FileLayerException {
    try (var memory = new CallMemory()) {
      int all = flags | machine.noFollow | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
      int fd = LibC.open(memory, memory.string(path.toBytes()), all, mode);
      if (fd < 0) {
        throw Errno.failure(operation, path, -fd);
      }
      return new Descriptor(machine, path, fd);
    }
  }

  /** The number, for a call that is made at once. */
  int number() {
    if (closed.get()) {
      throw new IllegalStateException("closed: " + path);
    }
    return fd;
  }

  FilePath path() {
    return path;
  }

  FileStat stat() throws FileLayerException {
    try (var memory = new CallMemory()) {
      var result = memory.reserve(StatxLayout.BYTES);
      check(
          "stat",
          LibC.syscall(
              memory,
              machine.statx,
              number(),
              memory.string(NO_PATH),
              LibC.AT_EMPTY_PATH,
              StatxLayout.BASIC_STATS,
              result.address()));
      return StatxLayout.read(result, path);
    }
  }

  void sync() throws FileLayerException {
    try (var memory = CallMemory.forNumbers()) {
      check("sync", LibC.fsync(memory, number()));
    }
  }

  /** Throws what the result of a call says; passes on what is no failure. */
  long check(String operation, long result) throws FileLayerException {
    if (result < 0) {
      throw Errno.failure(operation, path, (int) -result);
    }
    return result;
  }

  @Override
  public void close() throws FileLayerException {
    if (closed.compareAndSet(false, true)) {
      try (var memory = CallMemory.forNumbers()) {
        check("close", LibC.close(memory, fd));
      }
    }
  }
}
