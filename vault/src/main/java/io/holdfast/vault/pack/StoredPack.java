package io.holdfast.vault.pack;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.PackedBlob;
import java.util.List;

/**
 * A pack that the storage has taken.
 *
 * @param size bytes
 */
record StoredPack(ContentId id, int size, List<PackedBlob> blobs) {
  /** Bytes of what it holds of files. */
  long contentLength() {
    return blobs.stream()
        .filter(blob -> blob.type() == BlobType.DATA)
        .mapToLong(PackedBlob::contentLength)
        .sum();
  }
}
