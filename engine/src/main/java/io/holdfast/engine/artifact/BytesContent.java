package io.holdfast.engine.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Bytes in memory as content. Thread-safe. */
public final class BytesContent implements Content {
  private final byte[] bytes;

  /**
   * @param bytes the content; not copied, and not to be changed any more
   */
  public BytesContent(byte[] bytes) {
    this.bytes = bytes;
  }

  /** All of some other content, at most 2 GiB. */
  public static BytesContent read(Content content) throws IOException {
    try (Reader reader = content.open()) {
      var buffer = ByteBuffer.allocate(Math.toIntExact(reader.size()));
      while (buffer.hasRemaining() && reader.read(buffer) >= 0) {}
      return new BytesContent(buffer.array());
    }
  }

  @Override
  public Reader open() {
    var rest = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
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
        if (!rest.hasRemaining()) {
          return -1;
        }
        int length = Math.min(rest.remaining(), target.remaining());
        target.put(rest.slice(rest.position(), length));
        rest.position(rest.position() + length);
        return length;
      }

      @Override
      public void skipHole(long length) {
        throw new IllegalStateException("there are no holes");
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public boolean isDetached() {
    return true;
  }
}
