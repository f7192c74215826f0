package io.holdfast.engine.repository.transfer;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 being computed. Not thread-safe. */
public final class Sha256 {
  private static final int ZEROS = 64 << 10;

  private final MessageDigest digest = newDigest();

  /** The digest of an array. */
  public static byte[] of(byte[] bytes) {
    return newDigest().digest(bytes);
  }

  /** The digest of an array, as lowercase hex digits. */
  public static String hexOf(byte[] bytes) {
    return hex(of(bytes));
  }

  /** Lowercase hex digits. */
  public static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  /** Takes in all that remains in a buffer, whose position does not change. */
  public void update(ByteBuffer bytes) {
    digest.update(bytes.duplicate());
  }

  public void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  /** Takes in a run of zeros. */
  public void zeros(long count) {
    if (count == 0) {
      return;
    }
    var zeros = new byte[(int) Math.min(count, ZEROS)];
    for (long left = count; left > 0; left -= Math.min(left, ZEROS)) {
      digest.update(zeros, 0, (int) Math.min(left, ZEROS));
    }
  }

  /** The digest of all that was taken in; begins anew. */
  public byte[] digest() {
    return digest.digest();
  }

  /** {@link #digest} as lowercase hex digits. */
  public String hexDigest() {
    return hex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
