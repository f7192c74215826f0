package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads a content whose data, without its holes, comes one byte after the other. The last byte is
 * not handed out before the digest of all was compared. Not thread-safe.
 */
final class StoredContent implements Content.Reader {
  private final long size;
  private final List<Extent> extents;
  private final String expected;
  private final String subject;
  private final Meter meter;
  private final Data data;
  private final Closing closing;
  private final Sha256 sha256 = new Sha256();
  private long at;
  private int extent;
  private boolean verified;

  /** Where data comes from. */
  @FunctionalInterface
  interface Data {
    /** Reads the next bytes, at least one and at most as many as fit. */
    int read(ByteBuffer target) throws IOException;
  }

  /** What to do in the end. */
  @FunctionalInterface
  interface Closing {
    void close() throws IOException;
  }

  StoredContent(
      long size,
      List<Extent> extents,
      String expected,
      String subject,
      Meter meter,
      Data data,
      Closing closing) {
    this.size = size;
    this.extents = extents;
    this.expected = expected;
    this.subject = subject;
    this.meter = meter;
    this.data = data;
    this.closing = closing;
    verifyAtEnd();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public List<Extent> extents() {
    return extents;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (at == size) {
      return -1;
    }
    meter.check();
    int begin = target.position();
    int count;
    long hole = holeLeft();
    if (hole > 0) {
      count = (int) Math.min(hole, target.remaining());
      target.put(new byte[count]);
    } else {
      int limit = target.limit();
      target.limit(begin + (int) Math.min(target.remaining(), extents.get(extent).end() - at));
      count = data.read(target);
      target.limit(limit);
    }
    sha256.update(target.duplicate().flip().position(begin));
    passed(count);
    return count;
  }

  @Override
  public void skipHole(long bytes) {
    if (bytes < 0 || bytes > holeLeft()) {
      throw new IllegalArgumentException("no hole of " + bytes + " bytes at " + at);
    }
    meter.check();
    sha256.zeros(bytes);
    passed(bytes);
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }

  /** How much of a hole lies ahead; 0 before data, and at the end. */
  private long holeLeft() {
    while (extent < extents.size() && extents.get(extent).end() <= at) {
      extent++;
    }
    long next = extent < extents.size() ? extents.get(extent).offset() : size;
    return Math.max(0, next - at);
  }

  private void passed(long bytes) {
    at += bytes;
    meter.passed(bytes);
    verifyAtEnd();
  }

  private void verifyAtEnd() {
    if (!verified && at == size) {
      verified = true;
      String found = sha256.hexDigest();
      if (!found.equals(expected)) {
        throw Damage.artifact(
            subject, "has the SHA-256 " + found + " instead of " + expected, null);
      }
    }
  }
}
