package io.holdfast.vault.pack;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.PackedBlob;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Reads blobs, each checked against its name. A blob that is damaged in one pack is read from
 * another, if it lies in several. Thread-safe.
 */
public final class BlobReader implements AutoCloseable {
  /** No blob is larger: restic's chunks have up to 8 MiB, its trees rarely so much. */
  private static final long LARGEST = 512L << 20;

  private final Vault vault;
  private final BlobIndex index;
  private final Codecs codecs;

  public BlobReader(Vault vault, BlobIndex index) {
    this.vault = vault;
    this.index = index;
    this.codecs = new Codecs(vault, 0);
  }

  /** Takes the bytes of a blob. */
  @FunctionalInterface
  public interface Taker<T> {
    /**
     * @param content the blob is its first bytes; not to be kept
     */
    T take(byte[] content, int length) throws IOException;
  }

  /** A copy of a blob. */
  public byte[] read(BlobType type, ContentId id) throws IOException {
    return read(type, id, Arrays::copyOf);
  }

  /**
   * Reads a blob.
   *
   * @throws DamagedBlobException if it is nowhere, or damaged wherever it is
   */
  public <T> T read(BlobType type, ContentId id, Taker<T> taker) throws IOException {
    List<BlobPlace> places = index.findAll(type, id);
    if (places.isEmpty()) {
      throw new DamagedBlobException(
          id, "is in no index", new IOException("no index names the blob " + id));
    }
    DamagedBlobException first = null;
    BlobCodec codec = codecs.take();
    try {
      for (BlobPlace place : places) {
        byte[] content;
        try {
          content = codec.decode(place.blob(), sealed(place), 0);
        } catch (DamagedBlobException damaged) {
          first = first == null ? damaged : first;
          continue;
        }
        return taker.take(content, (int) place.blob().contentLength());
      }
    } finally {
      codecs.give(codec);
    }
    throw Objects.requireNonNull(first);
  }

  /**
   * Goes on if the blob is sound at this place.
   *
   * @throws DamagedBlobException if it is not
   */
  public void require(BlobPlace place) throws IOException {
    BlobCodec codec = codecs.take();
    try {
      codec.decode(place.blob(), sealed(place), 0);
    } finally {
      codecs.give(codec);
    }
  }

  private byte[] sealed(BlobPlace place) throws IOException {
    PackedBlob blob = place.blob();
    if (blob.length() > LARGEST || blob.contentLength() > LARGEST) {
      throw new DamagedBlobException(
          blob.id(),
          "would have " + blob.contentLength() + " bytes, by its index",
          new IOException("too large"));
    }
    byte[] sealed = new byte[(int) blob.length()];
    try {
      vault
          .backend()
          .read(FileId.of(FileType.PACK, place.pack()), blob.offset(), ByteBuffer.wrap(sealed));
      return sealed;
    } catch (BackendException e) {
      if (e.reason() == BackendException.Reason.NOT_FOUND
          || e.reason() == BackendException.Reason.TOO_SHORT) {
        throw new DamagedBlobException(
            blob.id(), "is lost with its pack " + place.pack().brief() + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Frees memory. */
  @Override
  public void close() {
    codecs.close();
  }
}
