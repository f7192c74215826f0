package io.holdfast.vault.pack;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.PackedBlob;
import io.holdfast.vault.index.BlobIndex;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which blobs need not be stored again: those that an index names, in a pack that is there. A
 * backup that relied on a pack that somebody has removed, or cut off, would be lost with it;
 * instead it brings back what was in it. Thread-safe.
 */
public final class StoredBlobs {
  private final BlobIndex index;
  private final Set<ContentId> lost;

  private StoredBlobs(BlobIndex index, Set<ContentId> lost) {
    this.index = index;
    this.lost = Set.copyOf(lost);
  }

  /** All that the index names. */
  public static StoredBlobs of(BlobIndex index) {
    return new StoredBlobs(index, Set.of());
  }

  /** Looks which packs are there, and how long they are. */
  public static StoredBlobs in(Vault vault, BlobIndex index) throws IOException {
    Map<ContentId, Long> ends = new HashMap<>();
    index.forEach(place -> {
      PackedBlob blob = place.blob();
      ends.merge(place.pack(), blob.offset() + blob.length(), Math::max);
    });
    for (Backend.Listed pack : vault.backend().list(FileType.PACK)) {
      Long end = ends.get(pack.id());
      if (end != null && pack.size() > end) {
        ends.remove(pack.id());
      }
    }
    return new StoredBlobs(index, new HashSet<>(ends.keySet()));
  }

  public BlobIndex index() {
    return index;
  }

  /** Packs that are named and are not there, or not wholly. */
  public Set<ContentId> lost() {
    return lost;
  }

  public boolean contains(BlobType type, ContentId id) {
    return lost.isEmpty()
        ? index.contains(type, id)
        : index.findAll(type, id).stream().anyMatch(place -> !lost.contains(place.pack()));
  }

  public boolean containsAll(BlobType type, Collection<ContentId> ids) {
    return ids.stream().allMatch(id -> contains(type, id));
  }
}
