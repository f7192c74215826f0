package io.holdfast.vault.pack;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.crypto.MasterKey;
import io.holdfast.vault.crypto.Opener;
import io.holdfast.vault.crypto.Sealer;
import io.holdfast.vault.format.BlobCompressor;
import io.holdfast.vault.format.BlobDecompressor;
import io.holdfast.vault.format.PackedBlob;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Turns blobs into what packs hold, and back. Keeps buffers as large as the largest blob that it
 * has seen; used by one thread at a time.
 */
final class BlobCodec implements AutoCloseable {
  private final @Nullable BlobCompressor compressor;
  private final BlobDecompressor decompressor = new BlobDecompressor();
  private final Sealer sealer;
  private final Opener opener;
  private final MessageDigest sha256 = ContentId.sha256();
  private byte[] sealed = new byte[0];
  private byte[] opened = new byte[0];
  private byte[] content = new byte[0];

  /**
   * @param level of zstd; 0 for none, as in version 1 of the format
   */
  BlobCodec(MasterKey key, SecureRandom random, int level) {
    this.compressor = level == 0 ? null : new BlobCompressor(level);
    this.sealer = new Sealer(key, random);
    this.opener = new Opener(key);
  }

  /** The name of a blob. */
  ContentId id(byte[] blob, int at, int length) {
    sha256.update(blob, at, length);
    return ContentId.fromBytes(sha256.digest(), 0);
  }

  /**
   * A blob as a pack holds it.
   *
   * @param bytes the first {@code length} of them; used again by the next call
   * @param uncompressedLength 0 if it is not compressed
   */
  record Encoded(byte[] bytes, int length, int uncompressedLength) {}

  /**
   * Encodes a blob, and decodes it again: memory that flips bits, and defects of a library, have
   * ruined backups of others that nobody noticed before the restore.
   *
   * @throws DamagedBlobException if what was encoded is not what it was made from
   */
  Encoded encode(ContentId id, byte[] blob, int at, int length) throws IOException {
    sealed = room(sealed, length + PackedBlob.SEAL);
    byte[] plain = blob;
    int from = at;
    int plainLength = length;
    int uncompressed = 0;
    if (compressor != null) {
      // To where the ciphertext falls on it: memory of this size is what a backup is short of.
      OptionalInt smaller = compressor.compress(blob, at, length, sealed, Sealer.IN_PLACE);
      if (smaller.isPresent()) {
        plain = sealed;
        from = Sealer.IN_PLACE;
        plainLength = smaller.getAsInt();
        uncompressed = length;
      }
    }
    int sealedLength = sealer.seal(plain, from, plainLength, sealed, 0);
    requireSame(id, blob, at, length, sealedLength, uncompressed);
    return new Encoded(sealed, sealedLength, uncompressed);
  }

  private void requireSame(
      ContentId id, byte[] blob, int at, int length, int sealedLength, int uncompressed)
      throws IOException {
    boolean same;
    try {
      byte[] again = open(sealed, 0, sealedLength, uncompressed, id);
      same = Arrays.equals(blob, at, at + length, again, 0, length);
    } catch (IOException broken) {
      throw new DamagedBlobException(id, "cannot be decoded after it was encoded", broken);
    }
    if (!same) {
      throw new DamagedBlobException(
          id, "is another after it was encoded and decoded", new IOException("memory is at fault"));
    }
  }

  /**
   * Room for what is to be decoded, which the next call of any method may use for something else.
   *
   * @return at least so many bytes, of any content
   */
  byte[] room(int length) {
    sealed = room(sealed, length);
    return sealed;
  }

  /**
   * Decodes a blob and checks it against its name.
   *
   * @param blob where it is in the bytes of its pack
   * @param bytes a part of the pack
   * @param at where the blob begins in that
   * @return the content, from 0 on; used again by the next call
   * @throws DamagedBlobException if it is not what was stored
   */
  byte[] decode(PackedBlob blob, byte[] bytes, int at) throws DamagedBlobException {
    int length = Math.toIntExact(blob.contentLength());
    byte[] decoded;
    try {
      decoded =
          open(
              bytes,
              at,
              Math.toIntExact(blob.length()),
              Math.toIntExact(blob.uncompressedLength()),
              blob.id());
    } catch (IOException broken) {
      throw new DamagedBlobException(blob.id(), "is damaged: " + broken.getMessage(), broken);
    }
    if (!id(decoded, 0, length).equals(blob.id())) {
      throw new DamagedBlobException(
          blob.id(), "is damaged: it has another SHA-256", new IOException("not its content"));
    }
    return decoded;
  }

  private byte[] open(byte[] from, int at, int length, int uncompressed, ContentId id)
      throws IOException {
    opened = room(opened, length - PackedBlob.SEAL);
    int plain = opener.open(from, at, length, opened, 0);
    if (uncompressed == 0) {
      return opened;
    }
    content = room(content, uncompressed);
    decompressor.exactly(opened, 0, plain, content, 0, uncompressed, "blob " + id.brief());
    return content;
  }

  /** Seals what is no blob: the header of a pack. */
  byte[] seal(byte[] plain) {
    return sealer.seal(plain);
  }

  private static byte[] room(byte[] buffer, int length) {
    return buffer.length >= length
        ? buffer
        : new byte[Math.max(length, Math.min(2 * buffer.length, 8 << 20))];
  }

  @Override
  public void close() {
    if (compressor != null) {
      compressor.close();
    }
    decompressor.close();
  }
}
