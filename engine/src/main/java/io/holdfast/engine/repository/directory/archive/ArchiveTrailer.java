package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.content.ManifestFiles;
import io.holdfast.engine.repository.transfer.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The last bytes of an archive.
 *
 * <pre>
 * archive = frame* hidden(table) hidden(trailer)
 * trailer = "HOLDFAST" version:u32 compression:u32        1 zstd, 2 gzip; all numbers big-endian
 *           created:u64                                   seconds since 1970: mtime of own files
 *           table_offset:u64 table_stored:u64             where the hidden table lies in the file
 *           table_length:u64 table_sha256:32              of the table itself
 *           manifest_offset:u64 manifest_stored:u32       the last frame, which holds manifest.json,
 *           manifest_plain:u32 manifest_crc32c:u32        its checksum and the end of the tar
 *           manifest_size:u32                             bytes of manifest.json
 *           archive_length:u64                            bytes of the whole file
 *           zeros:112
 *           sha256:32                                     of all of the trailer before it
 * </pre>
 *
 * <p>Its length of {@value #LENGTH} bytes, the magic, the version and the digest stay as they are
 * in every version, so that an older program can tell a newer archive from a damaged one.
 *
 * @param compression of the frames
 * @param created seconds since 1970
 * @param tableOffset where the hidden table begins
 * @param tableStored its length in the file, hidden
 * @param tableLength its length
 * @param tableSha256 its SHA-256
 * @param manifestOffset where the manifest's frame begins
 * @param manifestStored its length in the file
 * @param manifestPlain the length of what it holds
 * @param manifestCrc32c CRC-32C of its bytes in the file
 * @param manifestSize bytes of {@code manifest.json}
 * @param archiveLength bytes of the file
 */
record ArchiveTrailer(
    Compression compression,
    long created,
    long tableOffset,
    long tableStored,
    long tableLength,
    byte[] tableSha256,
    long manifestOffset,
    int manifestStored,
    int manifestPlain,
    int manifestCrc32c,
    int manifestSize,
    long archiveLength) {
  static final int LENGTH = 256;

  private static final int VERSION = 1;
  private static final int DIGEST_AT = LENGTH - 32;
  private static final byte[] MAGIC = "HOLDFAST".getBytes(StandardCharsets.US_ASCII);

  byte[] encode() {
    ByteBuffer out =
        ByteBuffer.allocate(LENGTH)
            .put(MAGIC)
            .putInt(VERSION)
            .putInt(number(compression))
            .putLong(created)
            .putLong(tableOffset)
            .putLong(tableStored)
            .putLong(tableLength)
            .put(tableSha256)
            .putLong(manifestOffset)
            .putInt(manifestStored)
            .putInt(manifestPlain)
            .putInt(manifestCrc32c)
            .putInt(manifestSize)
            .putLong(archiveLength);
    byte[] bytes = out.array();
    System.arraycopy(digest(bytes), 0, bytes, DIGEST_AT, 32);
    return bytes;
  }

  /**
   * Reads a trailer.
   *
   * @param origin what is read, for messages
   * @throws HoldfastException {@code MANIFEST_CORRUPT}, {@code FORMAT_UNSUPPORTED}
   */
  static ArchiveTrailer decode(byte[] bytes, String origin) {
    var in = ByteBuffer.wrap(bytes);
    var magic = new byte[MAGIC.length];
    in.get(magic);
    if (!Arrays.equals(magic, MAGIC)
        || !Arrays.equals(digest(bytes), Arrays.copyOfRange(bytes, DIGEST_AT, LENGTH))) {
      throw ManifestFiles.corrupt(
          origin + " does not end as an archive of Holdfast: it is cut off or damaged");
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw new HoldfastException(
          ErrorCode.FORMAT_UNSUPPORTED,
          origin
              + " has format version "
              + Integer.toUnsignedString(version)
              + ", and this version of Holdfast reads up to "
              + VERSION,
          "Use the version of Holdfast that wrote it, or a newer one.");
    }
    int compression = in.getInt();
    long created = in.getLong();
    long tableOffset = in.getLong();
    long tableStored = in.getLong();
    long tableLength = in.getLong();
    var tableSha256 = new byte[32];
    in.get(tableSha256);
    var trailer =
        new ArchiveTrailer(
            compression == 2 ? Compression.GZIP : Compression.ZSTD,
            created,
            tableOffset,
            tableStored,
            tableLength,
            tableSha256,
            in.getLong(),
            in.getInt(),
            in.getInt(),
            in.getInt(),
            in.getInt(),
            in.getLong());
    if (!Arrays.equals(trailer.encode(), bytes)) {
      throw ManifestFiles.corrupt(origin + " has a trailer that version 1 does not know");
    }
    return trailer;
  }

  private static int number(Compression compression) {
    return compression == Compression.GZIP ? 2 : 1;
  }

  private static byte[] digest(byte[] bytes) {
    return Sha256.of(Arrays.copyOf(bytes, DIGEST_AT));
  }
}
