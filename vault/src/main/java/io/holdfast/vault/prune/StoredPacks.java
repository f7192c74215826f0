package io.holdfast.vault.prune;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
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

  /**
   * Looks for a pack by its name: a list may be behind the times.
   *
   * @return whether it is there; it is in the map then
   */
  boolean find(Vault vault, ContentId pack) throws IOException {
    if (sizes.containsKey(pack)) {
      return true;
    }
    try {
      sizes.put(pack, vault.backend().size(FileId.of(FileType.PACK, pack)));
      return true;
    } catch (BackendException e) {
      if (e.reason() != BackendException.Reason.NOT_FOUND) {
        throw e;
      }
      return false;
    }
  }

  /** Whether the pack of a place is there and reaches to its end. */
  boolean hold(BlobPlace place) {
    Long size = sizes.get(place.pack());
    return size != null && size >= place.blob().offset() + place.blob().length();
  }
}
