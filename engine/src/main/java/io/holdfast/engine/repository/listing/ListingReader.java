package io.holdfast.engine.repository.listing;

import io.avaje.json.JsonReader;
import io.avaje.json.stream.JsonStream;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.StrictJson;
import io.holdfast.engine.repository.transfer.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a listing line by line, strictly, and holds it to the rules of {@link TreeShape}. Hashes
 * what it reads, so that the end of a listing tells whether it was the listing that the manifest
 * means. See {@link ListingWriter} for the format. Not thread-safe.
 */
public final class ListingReader implements AutoCloseable {
  /** No line is longer: a name, a link and all extended attributes fit many times. */
  static final int MAX_LINE = 16 << 20;

  private static final JsonStream JSON = JsonStream.builder().build();

  private final InputStream in;
  private final String origin;
  private final String expectedSha256;
  private final Sha256 sha256 = new Sha256();
  private final TreeShape shape;
  private final byte[] block = new byte[32 << 10];
  private byte[] line = new byte[1 << 10];
  private int blockAt;
  private int blockEnd;
  private long lines;

  /**
   * Reads a listing, and closes the stream in the end.
   *
   * @param origin what is read, for messages
   * @param expectedSha256 what it has to hash to
   */
  public ListingReader(InputStream in, String origin, String expectedSha256) throws IOException {
    this(in, origin, expectedSha256, new TreeShape());
  }

  /** As above, with a shape that the caller asks afterwards. */
  public ListingReader(InputStream in, String origin, String expectedSha256, TreeShape shape)
      throws IOException {
    this.in = in;
    this.origin = origin;
    this.expectedSha256 = expectedSha256;
    this.shape = shape;
    try {
      readHeader();
    } catch (IOException | RuntimeException failure) {
      try (in) {
        throw failure;
      }
    }
  }

  /**
   * The next entry, or null after the last.
   *
   * @throws HoldfastException {@code ARTIFACT_CORRUPT} if the listing is not as it should be; at
   *     the end at the latest, if it is not the one that the manifest means
   */
  public @Nullable ListedEntry next() throws IOException {
    int length = readLine();
    if (length < 0) {
      String found = sha256.hexDigest();
      if (!found.equals(expectedSha256)) {
        throw corrupt("it hashes to " + found + " instead of " + expectedSha256, null);
      }
      return null;
    }
    try (JsonReader json = JSON.reader(Arrays.copyOf(line, length))) {
      ListedEntry listed = new ListingLine(json).read();
      shape.admit(listed.entry());
      return listed;
    } catch (RuntimeException malformed) {
      throw corrupt("line " + lines + ": " + malformed.getMessage(), malformed);
    }
  }

  /** Reads on to the end and checks the digest; what is wrong is thrown. */
  public void drain() throws IOException {
    while (next() != null) {
      // Everything is checked on the way.
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void readHeader() throws IOException {
    int length = readLine();
    if (length < 0) {
      throw corrupt("it is empty", null);
    }
    long version;
    try (JsonReader json = JSON.reader(Arrays.copyOf(line, length))) {
      json.beginObject();
      if (!json.hasNextField()
          || !json.nextField().equals("format")
          || !StrictJson.text(json).equals(ListingWords.FORMAT)
          || !json.hasNextField()
          || !json.nextField().equals("format_version")) {
        throw new IllegalArgumentException("it does not begin with its format and version");
      }
      version = StrictJson.number(json);
      if (version <= ListingWords.FORMAT_VERSION && (version < 1 || json.hasNextField())) {
        throw new IllegalArgumentException("its first line is not that of version 1");
      }
    } catch (RuntimeException malformed) {
      throw corrupt(String.valueOf(malformed.getMessage()), malformed);
    }
    if (version > ListingWords.FORMAT_VERSION) {
      throw new HoldfastException(
          ErrorCode.FORMAT_UNSUPPORTED,
          origin
              + " has format version "
              + version
              + ", and this version of Holdfast reads up to "
              + ListingWords.FORMAT_VERSION,
          "Use the version of Holdfast that wrote it, or a newer one.");
    }
  }

  /** Reads a line without its end into {@link #line}; -1 at the end. */
  private int readLine() throws IOException {
    int length = 0;
    while (true) {
      if (blockAt == blockEnd) {
        blockEnd = Math.max(in.read(block), 0);
        blockAt = 0;
        if (blockEnd == 0) {
          if (length > 0) {
            throw corrupt("it ends in the middle of a line", null);
          }
          return -1;
        }
        sha256.update(block, 0, blockEnd);
      }
      int end = blockAt;
      while (end < blockEnd && block[end] != '\n') {
        end++;
      }
      int step = end - blockAt;
      if (step > MAX_LINE - length) {
        throw corrupt("line " + (lines + 1) + " is too long", null);
      }
      if (step > line.length - length) {
        line = Arrays.copyOf(line, Math.min(MAX_LINE, Math.max(line.length * 2, length + step)));
      }
      System.arraycopy(block, blockAt, line, length, step);
      length += step;
      blockAt = end;
      if (end < blockEnd) {
        blockAt++;
        lines++;
        return length;
      }
    }
  }

  private HoldfastException corrupt(String what, @Nullable Throwable cause) {
    return new HoldfastException(
            ErrorCode.ARTIFACT_CORRUPT,
            origin + " is damaged: " + what,
            "Restore this component from another backup.",
            cause)
        .with("path", origin);
  }
}
