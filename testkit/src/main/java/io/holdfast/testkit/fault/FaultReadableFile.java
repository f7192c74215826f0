package io.holdfast.testkit.fault;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file open for reading, every operation of which passes the gate. */
final class FaultReadableFile implements ReadableFile, FaultHandle {
  private final Gate gate;
  private final FilePath path;
  private final ReadableFile file;
  private final AtomicBoolean closed = new AtomicBoolean();

  FaultReadableFile(Gate gate, FilePath path, ReadableFile file) {
    this.gate = gate;
    this.path = path;
    this.file = gate.track(file);
  }

  @Override
  public FileStat stat() throws IOException {
    return gate.pass(Operation.reading("stat", path), file::stat);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return gate.pass(
        Operation.reading("read", path).with("at " + position), () -> file.read(target, position));
  }

  @Override
  public long nextData(long from) throws IOException {
    return gate.pass(Operation.reading("nextData", path), () -> file.nextData(from));
  }

  @Override
  public long nextHole(long from) throws IOException {
    return gate.pass(Operation.reading("nextHole", path), () -> file.nextHole(from));
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      gate.close(Operation.reading("close", path), file, file::close);
    }
  }

  @Override
  public void abandon() throws IOException {
    file.close();
  }
}
