package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.transfer.Extents;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of a plain backup being read and hashed, from its first byte to its last; holes are
 * skipped. Not thread-safe.
 */
final class StoredFile {
  private final ReadableFile file;
  private final long size;
  private final List<Extent> data;
  private final String subject;
  private final Meter meter;
  private final Sha256 sha256 = new Sha256();
  private long at;

  /**
   * @param size bytes that it must have
   * @param data where to read; all else is taken for zeros
   * @param subject what it is, relative to the backup
   */
  StoredFile(ReadableFile file, long size, List<Extent> data, String subject, Meter meter) {
    this.file = file;
    this.size = size;
    this.data = data;
    this.subject = subject;
    this.meter = meter;
  }

  /** Where data lies in a file, as its file system says, in normal form. */
  static List<Extent> dataOf(ReadableFile file, long size) throws IOException {
    var data = new ArrayList<Extent>();
    long at = 0;
    while (at < size) {
      long begin = file.nextData(at);
      if (begin < 0 || begin >= size) {
        break;
      }
      long end = Math.min(file.nextHole(begin), size);
      data.add(new Extent(begin, end - begin));
      at = end;
    }
    return Extents.normal(data, size);
  }

  long position() {
    return at;
  }

  /** Reads on; the caller asks for no more than there is. */
  int read(ByteBuffer target) throws IOException {
    meter.check();
    int begin = target.position();
    int limit = target.limit();
    target.limit(begin + (int) Math.min(target.remaining(), size - at));
    int count = file.read(target, at);
    if (count < 1) {
      throw Damage.artifact(subject, "ends after " + at + " of its " + size + " bytes", null);
    }
    target.limit(begin + count);
    target.position(begin);
    sha256.update(target);
    target.limit(limit);
    target.position(begin + count);
    at += count;
    meter.passed(count);
    return count;
  }

  /** Passes over a hole. */
  void skip(long bytes) {
    meter.check();
    sha256.zeros(bytes);
    at += bytes;
    meter.passed(bytes);
  }

  /** Reads everything into nowhere, and answers the SHA-256. */
  String readAll(ByteBuffer buffer) throws IOException {
    for (Extent extent : data) {
      skip(extent.offset() - at);
      while (at < extent.end()) {
        buffer.clear();
        buffer.limit((int) Math.min(buffer.capacity(), extent.end() - at));
        read(buffer);
      }
    }
    skip(size - at);
    return sha256.hexDigest();
  }

  /** The digest, once everything was read. */
  void requireDigest(String expected) {
    String found = sha256.hexDigest();
    if (!found.equals(expected)) {
      throw Damage.artifact(subject, "has the SHA-256 " + found + " instead of " + expected, null);
    }
  }

  /** Where data lies. */
  List<Extent> data() {
    return data;
  }

  Content.Reader verified(String expected, StorageErrors errors) {
    return new VerifiedReader(this, size, expected, file, errors);
  }
}
