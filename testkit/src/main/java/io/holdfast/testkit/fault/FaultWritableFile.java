package io.holdfast.testkit.fault;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A new file, every operation of which passes the gate. */
final class FaultWritableFile implements WritableFile, FaultHandle {
  private final Gate gate;
  private final FilePath path;
  private final WritableFile file;
  private final AtomicBoolean closed = new AtomicBoolean();

  FaultWritableFile(Gate gate, FilePath path, WritableFile file) {
    this.gate = gate;
    this.path = path;
    this.file = gate.track(file);
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    int size = source.remaining();
    gate.pass(
        Operation.mutating("write", path).with(size + " bytes at " + position),
        () -> writeWithinBudget(source, position, size),
        () -> writeWithinBudget(source, position, size / 2));
  }

  /** Writes the first bytes of a buffer, as many as the disk still takes. */
  private void writeWithinBudget(ByteBuffer source, long position, int size) throws IOException {
    int fits = (int) gate.take(size);
    int limit = source.limit();
    source.limit(source.position() + fits);
    try {
      file.write(source, position);
    } finally {
      source.limit(limit);
    }
    if (fits < size) {
      throw new FileLayerException("write", path, Reason.NO_SPACE, "injected, budget used up");
    }
  }

  @Override
  public void setLength(long size) throws IOException {
    change("setLength", () -> file.setLength(size));
  }

  @Override
  public void setMode(int mode) throws IOException {
    change("setMode", () -> file.setMode(mode));
  }

  @Override
  public void setOwner(long uid, long gid) throws IOException {
    change("setOwner", () -> file.setOwner(uid, gid));
  }

  @Override
  public void setModified(FileTime time) throws IOException {
    change("setModified", () -> file.setModified(time));
  }

  @Override
  public void setAttribute(byte[] name, byte[] value) throws IOException {
    change("setAttribute", () -> file.setAttribute(name, value));
  }

  @Override
  public void sync() throws IOException {
    change("sync", file::sync);
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      gate.close(Operation.mutating("close", path), file, file::close);
    }
  }

  @Override
  public void abandon() throws IOException {
    file.close();
  }

  private void change(String name, Gate.Step step) throws IOException {
    gate.pass(Operation.mutating(name, path), step);
  }
}
