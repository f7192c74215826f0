package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.WritableFile;
import java.nio.ByteBuffer;

/** A new regular file; all state is the descriptor. */
final class PosixWritableFile implements WritableFile {
  private final Descriptor descriptor;

  private PosixWritableFile(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  static PosixWritableFile create(Machine machine, FilePath path, int mode)
      throws FileLayerException {
    Arguments.mode(mode);
    // The umask can only take away here; what it took, and the upper bits, come right after.
    var descriptor =
        Descriptor.open(
            machine,
            "create",
            path,
            Descriptor.O_WRONLY | Descriptor.O_CREAT | Descriptor.O_EXCL,
            mode & 0777);
    var file = new PosixWritableFile(descriptor);
    try {
      file.setMode(mode);
      return file;
    } catch (Throwable failure) {
      try (descriptor;
          var memory = new CallMemory()) {
        descriptor.check("delete", LibC.unlink(memory, memory.string(path.toBytes())));
      } catch (FileLayerException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  @Override
  public void write(ByteBuffer source, long position) throws FileLayerException {
    Transfer.write(descriptor, source, position);
  }

  @Override
  public void setLength(long size) throws FileLayerException {
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + size);
    }
    try (var memory = CallMemory.forNumbers()) {
      descriptor.check("set length", LibC.ftruncate(memory, descriptor.number(), size));
    }
  }

  @Override
  public void setMode(int mode) throws FileLayerException {
    Arguments.mode(mode);
    try (var memory = CallMemory.forNumbers()) {
      descriptor.check("set mode", LibC.fchmod(memory, descriptor.number(), mode));
    }
  }

  @Override
  public void setOwner(long uid, long gid) throws FileLayerException {
    try (var memory = CallMemory.forNumbers()) {
      descriptor.check(
          "set owner",
          LibC.fchown(memory, descriptor.number(), Arguments.id(uid), Arguments.id(gid)));
    }
  }

  @Override
  public void setModified(FileTime time) throws FileLayerException {
    try (var memory = new CallMemory()) {
      descriptor.check(
          "set times", LibC.futimens(memory, descriptor.number(), Arguments.times(memory, time)));
    }
  }

  @Override
  public void setAttribute(byte[] name, byte[] value) throws FileLayerException {
    try (var memory = new CallMemory()) {
      long nameAddress = memory.string(Arguments.text("attribute name", name));
      ExtendedAttributes.checkSet(
          descriptor.path(),
          LibC.fsetxattr(
              memory,
              descriptor.number(),
              nameAddress,
              Arguments.bytes(memory, value),
              value.length));
    }
  }

  @Override
  public void sync() throws FileLayerException {
    descriptor.sync();
  }

  @Override
  public void close() throws FileLayerException {
    descriptor.close();
  }
}
