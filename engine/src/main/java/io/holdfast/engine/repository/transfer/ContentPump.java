package io.holdfast.engine.repository.transfer;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads a content from its first byte to its last, hashes it, and hands its data on. */
public final class ContentPump {
  private ContentPump() {}

  /** Takes data; holes are not handed over. */
  @FunctionalInterface
  public interface DataSink {
    /**
     * @param data all that remains in it is meant; it is used again after the call
     * @param position offset in the content
     */
    void data(ByteBuffer data, long position) throws IOException;
  }

  /**
   * Reads a content once.
   *
   * @param extents where its data lies, in normal form
   * @return its SHA-256, holes counted as zeros
   */
  public static String pump(
      Content.Reader reader, List<Extent> extents, ByteBuffer buffer, Meter meter, DataSink sink)
      throws IOException {
    var sha256 = new Sha256();
    long at = 0;
    for (Extent extent : extents) {
      hole(reader, sha256, extent.offset() - at, meter);
      at = extent.offset();
      while (at < extent.end()) {
        meter.check();
        buffer.clear();
        buffer.limit((int) Math.min(buffer.capacity(), extent.end() - at));
        int count = reader.read(buffer);
        if (count < 1) {
          throw new IllegalStateException(
              "a content of " + reader.size() + " bytes ended after " + at);
        }
        buffer.flip();
        sha256.update(buffer);
        sink.data(buffer, at);
        at += count;
        meter.passed(count);
      }
    }
    hole(reader, sha256, reader.size() - at, meter);
    // One that verifies a digest says so by the time it answers that there is no more.
    buffer.clear();
    if (reader.read(buffer) > 0) {
      throw new IllegalStateException("a content has more than its " + reader.size() + " bytes");
    }
    return sha256.hexDigest();
  }

  private static void hole(Content.Reader reader, Sha256 sha256, long length, Meter meter)
      throws IOException {
    // In steps, so that a cancelled run does not first hash terabytes of nothing.
    long step = 256L << 20;
    for (long left = length; left > 0; left -= Math.min(left, step)) {
      meter.check();
      reader.skipHole(Math.min(left, step));
      sha256.zeros(Math.min(left, step));
      meter.passed(Math.min(left, step));
    }
  }
}
