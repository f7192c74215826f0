package io.holdfast.vault.pack;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.crypto.BrokenSealException;
import io.holdfast.vault.crypto.Opener;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.PackHeader;
import io.holdfast.vault.format.PackedBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Reads packs as wholes, and their headers, for whoever looks after a vault. Thread-safe. */
public final class PackReader implements AutoCloseable {
  private final Vault vault;
  private final Codecs codecs;

  public PackReader(Vault vault) {
    this.vault = vault;
    this.codecs = new Codecs(vault, BlobWriter.STORED);
  }

  /**
   * All bytes of a pack, which are those that its name tells.
   *
   * @throws DamagedPackException if it is gone or another
   */
  public byte[] read(ContentId pack) throws IOException {
    byte[] bytes;
    try {
      bytes = vault.backend().readAll(FileId.of(FileType.PACK, pack));
    } catch (BackendException e) {
      throw damage(pack, e);
    }
    if (!ContentId.of(bytes).equals(pack)) {
      throw new DamagedPackException(pack, "is damaged: its content has another SHA-256");
    }
    return bytes;
  }

  /**
   * What a pack says that it holds. Reads its end alone.
   *
   * @param size bytes of the pack
   * @throws DamagedPackException if it is gone, or has no header that can be opened
   */
  public List<PackedBlob> header(ContentId pack, long size) throws IOException {
    String what = what(pack);
    try {
      byte[] tail = tail(pack, size, (int) Math.min(size, PackHeader.GUESS));
      int sealed = PackHeader.sealedLength(tail, size, what);
      if (sealed > tail.length - PackHeader.LENGTH_BYTES) {
        tail = tail(pack, size, sealed + PackHeader.LENGTH_BYTES);
      }
      return header(tail, sealed, size, what);
    } catch (BackendException e) {
      throw damage(pack, e);
    } catch (FormatException malformed) {
      throw new DamagedPackException(pack, "is damaged: " + malformed.getMessage());
    }
  }

  /** The same, of a pack that was read. */
  public List<PackedBlob> header(ContentId pack, byte[] bytes) throws DamagedPackException {
    String what = what(pack);
    try {
      int sealed = PackHeader.sealedLength(bytes, bytes.length, what);
      return header(bytes, sealed, bytes.length, what);
    } catch (FormatException malformed) {
      throw new DamagedPackException(pack, "is damaged: " + malformed.getMessage());
    }
  }

  private List<PackedBlob> header(byte[] tail, int sealed, long size, String what)
      throws FormatException {
    int end = tail.length - PackHeader.LENGTH_BYTES;
    try {
      return PackHeader.decode(
          new Opener(vault.key()).open(Arrays.copyOfRange(tail, end - sealed, end)), size, what);
    } catch (BrokenSealException broken) {
      throw new FormatException(what, "the seal of its header is broken", broken);
    }
  }

  private byte[] tail(ContentId pack, long size, int length) throws IOException {
    byte[] tail = new byte[length];
    vault.backend().read(FileId.of(FileType.PACK, pack), size - length, ByteBuffer.wrap(tail));
    return tail;
  }

  /**
   * Decodes a blob of a pack that was read, and checks it against its name.
   *
   * @param taker is given the content
   * @throws DamagedBlobException if it is not what was stored, or lies beyond the end
   */
  public <T> T decode(PackedBlob blob, byte[] pack, BlobReader.Taker<T> taker) throws IOException {
    if (blob.offset() + blob.length() > pack.length) {
      throw new DamagedBlobException(
          blob.id(), "lies beyond the end of its pack", new IOException("too short"));
    }
    BlobCodec codec = codecs.take();
    try {
      byte[] content = codec.decode(blob, pack, (int) blob.offset());
      return taker.take(content, (int) blob.contentLength());
    } finally {
      codecs.give(codec);
    }
  }

  private static String what(ContentId pack) {
    return FileType.PACK.word() + "/" + pack;
  }

  private static IOException damage(ContentId pack, BackendException failure) {
    return switch (failure.reason()) {
      case NOT_FOUND -> new DamagedPackException(pack, "is missing");
      case TOO_SHORT -> new DamagedPackException(pack, "is shorter than it was");
      default -> failure;
    };
  }

  /** Frees memory. */
  @Override
  public void close() {
    codecs.close();
  }
}
