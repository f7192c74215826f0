package io.holdfast.vault.prune;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.index.BlobPlace;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The packs that are there, whatever indexes say of others.
 *
 * @param sizes bytes of each; not copied, so whoever adds to it adds to this
 */
record StoredPacks(Map<ContentId, Long> sizes) {
  static StoredPacks list(Vault vault) throws IOException {
    var sizes = new HashMap<ContentId, Long>();
    for (Backend.Listed pack : vault.backend().list(FileType.PACK)) {
      sizes.put(pack.id(), pack.size());
    }
    return new StoredPacks(sizes);
  }

  /** Whether the pack of a place is there and reaches to its end. */
  boolean hold(BlobPlace place) {
    Long size = sizes.get(place.pack());
    return size != null && size >= place.blob().offset() + place.blob().length();
  }
}
