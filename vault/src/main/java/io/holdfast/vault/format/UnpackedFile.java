package io.holdfast.vault.format;

import java.util.Arrays;

/**
 * What a file of {@code index/}, {@code locks/} or {@code snapshots/} holds, once opened: in
 * version 1 of the format the JSON itself, in version 2 a byte 2 and the JSON compressed by zstd;
 * JSON itself is still read, and known by its first byte.
 */
public final class UnpackedFile {
  private static final int ZSTD = 2;

  private UnpackedFile() {}

  /**
   * What to seal.
   *
   * @param version of the vault's format, 1 or 2
   * @param compressor ignored for version 1
   */
  public static byte[] encode(byte[] json, int version, BlobCompressor compressor) {
    if (version == 1) {
      return json;
    }
    byte[] out = compressor.frame(json, 1);
    out[0] = ZSTD;
    return out;
  }

  /**
   * The JSON in what was opened.
   *
   * @param limit the most bytes of JSON that are accepted, whatever the file claims
   * @param what which file it is, for messages
   * @throws UnsupportedVersionException if it is encoded in a way that came later
   */
  public static byte[] decode(byte[] opened, int limit, BlobDecompressor decompressor, String what)
      throws FormatException {
    if (opened.length == 0) {
      throw new FormatException(what, "it is empty");
    }
    byte first = opened[0];
    if (first == '{' || first == '[') {
      if (opened.length > limit) {
        throw new FormatException(
            what, "it has " + opened.length + " bytes, and the limit is " + limit);
      }
      return opened;
    }
    if (first != ZSTD) {
      throw new UnsupportedVersionException(what, first & 0xff, ZSTD);
    }
    return decompressor.upTo(limit, Arrays.copyOfRange(opened, 1, opened.length), what);
  }
}
