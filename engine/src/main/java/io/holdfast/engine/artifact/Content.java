package io.holdfast.engine.artifact;

import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Bytes of a file that can be read once opened: from a live file, from a repository, from memory.
 *
 * <p>The one who opens reads exactly {@link Reader#size} bytes, in ascending order, and closes.
 */
public interface Content {
  /**
   * Opens the bytes.
   *
   * @throws IOException if they cannot be read
   */
  Reader open() throws IOException;

  /**
   * Opens the bytes, some of which may be had more cheaply. What is taken from there is compared
   * like everything else, so that it makes no difference what is in it.
   *
   * @param similar a file of which parts may be the same, at the same places; open until the reader
   *     is closed
   * @throws IOException if they cannot be read
   */
  default Reader open(ReadableFile similar) throws IOException {
    return open();
  }

  /**
   * Whether {@link #open} and reading may happen later and on any thread. False for content that
   * passes by in a stream: it must be read before the call that handed it over returns, on the same
   * thread.
   */
  boolean isDetached();

  /**
   * The file that it comes from, as it was when its entry was made: whoever keeps this can tell by
   * it, later, that the file has not changed, and which other names it has. Empty for content that
   * comes from elsewhere.
   */
  default Optional<FileStat> file() {
    return Optional.empty();
  }

  /** A run of bytes that is not a hole. */
  record Extent(long offset, long length) {
    public long end() {
      return offset + length;
    }
  }

  /** Open bytes. Used by one thread at a time. */
  interface Reader extends AutoCloseable {
    /**
     * How many bytes there are, as fixed when it was opened; a source that shrinks meanwhile yields
     * zeros, one that grows is cut.
     */
    long size();

    /**
     * Where data lies, in ascending order, without overlap, within the size; all else is zeros. One
     * extent for a dense file.
     */
    List<Extent> extents();

    /**
     * Reads the next bytes, holes included as zeros.
     *
     * @param target a buffer with room
     * @return how many bytes were read, 1 or more; -1 once {@link #size} bytes were read
     */
    int read(ByteBuffer target) throws IOException;

    /** Skips bytes that lie in a hole, without reading them. */
    void skipHole(long bytes) throws IOException;

    /**
     * Ends reading. A reader that verifies a digest has done so by the time {@link #read} answers
     * -1, not here.
     */
    @Override
    void close() throws IOException;
  }
}
