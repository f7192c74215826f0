package io.holdfast.vault;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of some bytes, which is their name: of a stored file, the bytes as stored; of a blob,
 * the bytes before compression and encryption. Immutable; ordered by its bytes, unsigned.
 */
public final class ContentId implements Comparable<ContentId> {
  /** Bytes in a name. */
  public static final int LENGTH = 32;

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] bytes;

  private ContentId(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The name of these bytes. */
  public static ContentId of(byte[] content) {
    return of(content, 0, content.length);
  }

  /** The name of a part of these bytes. */
  public static ContentId of(byte[] content, int offset, int length) {
    MessageDigest sha256 = sha256();
    sha256.update(content, offset, length);
    return new ContentId(sha256.digest());
  }

  /** A digest that makes such names. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * A name from its 32 bytes, which are copied.
   *
   * @throws IllegalArgumentException if fewer than 32 bytes are there
   */
  public static ContentId fromBytes(byte[] bytes, int offset) {
    if (offset < 0 || bytes.length - offset < LENGTH) {
      throw new IllegalArgumentException("a content id has " + LENGTH + " bytes");
    }
    return new ContentId(Arrays.copyOfRange(bytes, offset, offset + LENGTH));
  }

  /**
   * A name from its 64 lowercase hex digits.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static ContentId parse(String hex) {
    if (!isName(hex)) {
      throw new IllegalArgumentException("not 64 lowercase hex digits: " + hex);
    }
    return new ContentId(HEX.parseHex(hex));
  }

  /** Whether a text is 64 lowercase hex digits. */
  public static boolean isName(String text) {
    return text.length() == 2 * LENGTH
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** The 32 bytes, copied to a place. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  /** A copy of the 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The beginning, as people write it: 8 hex digits. */
  public String brief() {
    return HEX.formatHex(bytes, 0, 4);
  }

  @Override
  public int compareTo(ContentId other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentId id && Arrays.equals(bytes, id.bytes);
  }

  @Override
  public int hashCode() {
    // Its bytes are as good as random already.
    return (bytes[0] << 24) | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
  }

  /** 64 lowercase hex digits. */
  @Override
  public String toString() {
    return HEX.formatHex(bytes);
  }
}
