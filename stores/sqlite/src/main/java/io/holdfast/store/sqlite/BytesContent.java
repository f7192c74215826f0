package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.Content;
import java.nio.ByteBuffer;
import java.util.List;

/** A few bytes in memory as content. */
final class BytesContent implements Content {
  private final byte[] bytes;

  BytesContent(byte[] bytes) {
    this.bytes = bytes.clone();
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
