package io.holdfast.vault.format;

import io.holdfast.vault.ContentId;

/**
 * Where a blob lies in a pack. The numbers of the format have 32 bits.
 *
 * @param id the SHA-256 of the blob's bytes
 * @param type what it is
 * @param offset where it begins in the pack
 * @param length how many bytes it takes there, sealed: {@link #SEAL} more than what was sealed
 * @param uncompressedLength how many bytes it has, if it is compressed; 0 if it is not
 */
public record PackedBlob(
    ContentId id, BlobType type, long offset, long length, long uncompressedLength) {
  /** Bytes that sealing adds: 16 for the nonce, 16 for the code that authenticates. */
  public static final int SEAL = 32;

  /** The largest number that a pack's header can hold. */
  public static final long MAX = 0xffff_ffffL;

  public PackedBlob {
    check(offset, length, uncompressedLength);
  }

  /** What must hold for the numbers of any blob in a pack. */
  static void check(long offset, long length, long uncompressedLength) {
    if (length < SEAL) {
      throw new IllegalArgumentException(
          "a blob of " + length + " bytes is shorter than its seal alone");
    }
    if (offset < 0 || offset > MAX || length > MAX - offset) {
      throw new IllegalArgumentException(
          "a blob of " + length + " bytes at " + offset + " lies beyond the end of any pack");
    }
    if (uncompressedLength < 0 || uncompressedLength > MAX) {
      throw new IllegalArgumentException(
          "a blob cannot have " + uncompressedLength + " bytes uncompressed");
    }
  }

  public boolean isCompressed() {
    return uncompressedLength != 0;
  }

  /** How many bytes the blob has, opened and uncompressed. */
  public long contentLength() {
    return isCompressed() ? uncompressedLength : length - SEAL;
  }
}
