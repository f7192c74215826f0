package io.holdfast.engine.repository.transfer;

import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A stream from a file of the repository, with a buffer. Not thread-safe. */
public final class FileInput extends InputStream {
  private static final int SIZE = 64 << 10;

  private final ReadableFile file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE).flip();
  private long position;

  /** Reads from the beginning of the file, and closes it. */
  public FileInput(ReadableFile file) {
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int step = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, step);
    return step;
  }

  private boolean fill() throws IOException {
    if (!buffer.hasRemaining()) {
      buffer.clear();
      int count = file.read(buffer, position);
      buffer.flip();
      position += Math.max(count, 0);
    }
    return buffer.hasRemaining();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
