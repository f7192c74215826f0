package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.OpenDirectory;
import java.util.List;

/**
 * An open directory whose names are reached by way of {@code /proc/self/fd}, which leads to the
 * inode that is open and not to the name that it was opened by; see proc(5).
 */
final class PosixOpenDirectory implements OpenDirectory {
  private static final FilePath DESCRIPTORS = FilePath.of("/proc/self/fd");

  private final Machine machine;
  private final Descriptor descriptor;
  private final FilePath way;

  private PosixOpenDirectory(Machine machine, Descriptor descriptor) {
    this.machine = machine;
    this.descriptor = descriptor;
    this.way = DESCRIPTORS.resolve(Integer.toString(descriptor.number()));
  }

  static PosixOpenDirectory open(Machine machine, FilePath path) throws FileLayerException {
    return new PosixOpenDirectory(
        machine,
        Descriptor.open(machine, "list", path, Descriptor.O_RDONLY | machine.directory, 0));
  }

  @Override
  public FileStat stat() throws FileLayerException {
    return descriptor.stat();
  }

  @Override
  public List<byte[]> list() throws FileLayerException {
    return DirectoryReader.names(machine, descriptor);
  }

  @Override
  public FilePath resolve(byte[] name) {
    return way.resolve(name);
  }

  @Override
  public void close() throws FileLayerException {
    descriptor.close();
  }
}
