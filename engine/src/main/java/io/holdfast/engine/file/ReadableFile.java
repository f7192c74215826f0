package io.holdfast.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A regular file that is open for reading. Safe for use by several threads, except {@link #close};
 * a file in use after its close is an {@link IllegalStateException}.
 */
public interface ReadableFile extends AutoCloseable {
  /** The inode as it is now. */
  FileStat stat() throws IOException;

  /**
   * Reads up to {@code target.remaining()} bytes from a position.
   *
   * @param target a buffer with room, best a direct one; its position advances
   * @param position offset in the file, 0 or more
   * @return how many bytes were read, 1 or more; -1 at or past the end
   */
  int read(ByteBuffer target, long position) throws IOException;

  /**
   * Where data begins at or after a position.
   *
   * @return an offset that is at least {@code from}; -1 when only a hole is left. File systems
   *     without holes answer {@code from}.
   */
  long nextData(long from) throws IOException;

  /**
   * Where a hole begins at or after a position that lies in data; the file's size when there is
   * none.
   */
  long nextHole(long from) throws IOException;

  /** Closing again does nothing. */
  @Override
  void close() throws IOException;
}
