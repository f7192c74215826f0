package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ReadableFile;
import java.nio.ByteBuffer;

/** A regular file open for reading; all state is the descriptor. */
final class PosixReadableFile implements ReadableFile {
  private final Descriptor descriptor;

  private PosixReadableFile(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  static PosixReadableFile open(Machine machine, FilePath path) throws FileLayerException {
    var descriptor = Descriptor.open(machine, "open", path, Descriptor.O_RDONLY, 0);
    try {
      SpecialFiles.requireRegular("open", path, descriptor.stat());
      // What was needed to open without waiting must not rule how the file is read.
      try (var memory = CallMemory.forNumbers()) {
        descriptor.check("open", LibC.fcntl(memory, descriptor.number(), LibC.F_SETFL, 0));
      }
      return new PosixReadableFile(descriptor);
    } catch (Throwable failure) {
      descriptor.close();
      throw failure;
    }
  }

  @Override
  public FileStat stat() throws FileLayerException {
    return descriptor.stat();
  }

  @Override
  public int read(ByteBuffer target, long position) throws FileLayerException {
    return Transfer.read(descriptor, target, position);
  }

  @Override
  public long nextData(long from) throws FileLayerException {
    long found = seek(from, LibC.SEEK_DATA);
    if (found == -Errno.ENXIO) {
      return -1;
    }
    if (found == -Errno.EINVAL) {
      return from < stat().size() ? from : -1;
    }
    return descriptor.check("seek data", found);
  }

  @Override
  public long nextHole(long from) throws FileLayerException {
    long found = seek(from, LibC.SEEK_HOLE);
    if (found == -Errno.ENXIO || found == -Errno.EINVAL) {
      return stat().size();
    }
    return descriptor.check("seek hole", found);
  }

  /** Moves the descriptor's own offset too, which nothing here uses. */
  private long seek(long from, int whence) {
    if (from < 0) {
      throw new IllegalArgumentException("negative position: " + from);
    }
    try (var memory = CallMemory.forNumbers()) {
      long found = LibC.lseek(memory, descriptor.number(), from, whence);
      return found == -Errno.EOPNOTSUPP ? -Errno.EINVAL : found;
    }
  }

  @Override
  public void close() throws FileLayerException {
    descriptor.close();
  }
}
