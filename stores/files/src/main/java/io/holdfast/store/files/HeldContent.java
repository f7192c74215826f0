package io.holdfast.store.files;

import io.holdfast.engine.artifact.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Bytes of a small file that were read already. Thread-safe. */
final class HeldContent implements Content {
  private final byte[] bytes;

  private HeldContent(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads all of some other content. */
  static HeldContent read(Content content) throws IOException {
    try (Reader reader = content.open()) {
      var buffer = ByteBuffer.allocate(Math.toIntExact(reader.size()));
      while (buffer.hasRemaining() && reader.read(buffer) >= 0) {}
      return new HeldContent(buffer.array());
    }
  }

  @Override
  public boolean isDetached() {
    return true;
  }

  @Override
  public Reader open() {
    ByteBuffer left = ByteBuffer.wrap(bytes);
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
        int count = Math.min(target.remaining(), left.remaining());
        target.put(left.slice(left.position(), count));
        left.position(left.position() + count);
        return count;
      }

      @Override
      public void skipHole(long count) {
        left.position(left.position() + Math.toIntExact(count));
      }

      @Override
      public void close() {}
    };
  }
}
