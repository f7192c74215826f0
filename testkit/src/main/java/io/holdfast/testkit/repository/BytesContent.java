package io.holdfast.testkit.repository;

import io.holdfast.engine.artifact.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Bytes in memory.
 *
 * @param bytes the content; not copied
 * @param isDetached what it says of itself
 */
public record BytesContent(byte[] bytes, boolean isDetached) implements Content {
  public static BytesContent of(byte[] bytes) {
    return new BytesContent(bytes, true);
  }

  @Override
  public Reader open() throws IOException {
    var left = ByteBuffer.wrap(bytes);
    return new Reader() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public List<Extent> extents() {
        return bytes.length == 0 ? List.of() : List.of(new Extent(0, bytes.length));
      }

      @Override
      public int read(ByteBuffer target) {
        if (!left.hasRemaining()) {
          return -1;
        }
        int count = Math.min(left.remaining(), target.remaining());
        target.put(left.slice().limit(count));
        left.position(left.position() + count);
        return count;
      }

      @Override
      public void skipHole(long length) {
        throw new AssertionError("there are no holes");
      }

      @Override
      public void close() {}
    };
  }
}
