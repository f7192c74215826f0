package io.holdfast.engine.repository.transfer;

import io.holdfast.engine.file.WritableFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A stream into a file of the repository, with a buffer. Not thread-safe. */
public final class FileOutput extends OutputStream {
  private static final int SIZE = 64 << 10;

  private final WritableFile file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
  private long position;

  /** Writes from the beginning of the file, and closes it. */
  public FileOutput(WritableFile file) {
    this.file = file;
  }

  @Override
  public void write(int b) throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put((byte) b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    for (int left = length; left > 0; ) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int step = Math.min(left, buffer.remaining());
      buffer.put(bytes, at, step);
      at += step;
      left -= step;
    }
  }

  @Override
  public void flush() throws IOException {
    buffer.flip();
    if (buffer.hasRemaining()) {
      int length = buffer.remaining();
      file.write(buffer, position);
      position += length;
    }
    buffer.clear();
  }

  /** Makes what was written durable. */
  public void sync() throws IOException {
    flush();
    file.sync();
  }

  @Override
  public void close() throws IOException {
    try (file) {
      flush();
    }
  }
}
