package io.holdfast.vault.format.tree;

import io.holdfast.engine.file.FilePath;
import io.holdfast.vault.format.json.Utf8;
import java.util.Arrays;

/**
 * The target of a symbolic link: bytes, which need not be text. Immutable.
 *
 * <p>Before 0.16, restic kept targets as text alone, and so lost every byte that was no UTF-8. Such
 * a target is damaged: it holds 0xff for each of the lost bytes.
 */
public final class LinkTarget {
  private static final byte LOST = (byte) 0xff;

  private final byte[] bytes;
  private final boolean damaged;

  private LinkTarget(byte[] bytes, boolean damaged) {
    this.bytes = bytes;
    this.damaged = damaged;
  }

  /** A target, whose bytes are copied. */
  public static LinkTarget of(byte[] bytes) {
    return new LinkTarget(bytes.clone(), false);
  }

  /** A target that stands in JSON as text only; it is damaged if it is not all text. */
  static LinkTarget fromText(byte[] bytes) {
    return new LinkTarget(bytes, !Utf8.isValid(bytes));
  }

  /** Whether bytes of it were lost when it was stored. */
  public boolean isDamaged() {
    return damaged;
  }

  /** The bytes as they stand in JSON, not to be changed. */
  byte[] stored() {
    return bytes;
  }

  /**
   * The target to restore. Of a damaged one, what restic restores: each lost byte becomes the
   * character U+FFFD.
   */
  public byte[] toBytes() {
    if (!damaged) {
      return bytes.clone();
    }
    var out = new byte[3 * bytes.length];
    int length = 0;
    for (byte b : bytes) {
      if (b == LOST) {
        length = Utf8.encode(0xfffd, out, length);
      } else {
        out[length++] = b;
      }
    }
    return Arrays.copyOf(out, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinkTarget target
        && damaged == target.damaged
        && Arrays.equals(bytes, target.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** For people, see {@link FilePath#display}. */
  @Override
  public String toString() {
    return FilePath.display(bytes);
  }
}
