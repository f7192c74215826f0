package io.holdfast.vault.format;

import io.holdfast.vault.ContentId;

/** Receives what an index says, in the order of the document. Called by one thread. */
public interface IndexVisitor {
  /**
   * An index that this one replaces. Of interest to nobody any more: restic has stopped to write
   * and to heed these, since it removes what is replaced.
   */
  default void supersedes(ContentId index) {}

  /** A pack, whose blobs follow. The same pack may come again, in this index or another. */
  default void pack(ContentId pack) {}

  /**
   * A blob of the pack. The numbers are as {@link PackedBlob} demands them.
   *
   * @param id holds the 32 bytes of the blob's id, until this returns
   * @param type what it is
   * @param offset where it begins in the pack; 0 to 2^32 - 1
   * @param length how many bytes it takes there; 32 to 2^32 - 1
   * @param uncompressedLength how many bytes it has, if it is compressed, up to 2^32 - 1; 0 if it
   *     is not
   */
  void blob(
      ContentId pack, byte[] id, BlobType type, long offset, long length, long uncompressedLength);
}
