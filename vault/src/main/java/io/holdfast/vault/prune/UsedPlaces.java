package io.holdfast.vault.prune;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobPlace;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.DamagedBlobException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * Chooses, of all places of the blobs that are needed, one each to keep.
 *
 * <p>Where a blob lies in several packs, as after two backups of the same data at once, the others
 * may go; so the one that stays is decoded before. Otherwise a prune could remove the good copy of
 * two.
 */
final class UsedPlaces {
  private final BlobIndex index;
  private final StoredPacks packs;
  private final BlobReader blobs;
  private final BitSet keep = new BitSet();

  /**
   * @param packs those that are there
   */
  UsedPlaces(BlobIndex index, StoredPacks packs, BlobReader blobs) {
    this.index = index;
    this.packs = packs;
    this.blobs = blobs;
  }

  /**
   * Chooses.
   *
   * @throws DamagedBlobException if there is no place that may stay
   */
  void choose(Reachable reachable, Cancellation cancellation) throws IOException {
    int size = index.size();
    for (int place = 0; place < size; place++) {
      if (reachable.contains(place)) {
        cancellation.check();
        keep.set(choose(place));
      }
    }
  }

  private int choose(int first) throws IOException {
    int[] twins = index.twins(first);
    DamagedBlobException damage = null;
    for (int place : twins) {
      BlobPlace at = index.at(place);
      if (!packs.hold(at)) {
        damage =
            new DamagedBlobException(
                at.blob().id(),
                "is lost with its pack " + at.pack().brief(),
                new IOException("the pack is missing or too short"));
      } else if (twins.length == 1) {
        return place;
      } else {
        try {
          blobs.require(at);
          return place;
        } catch (DamagedBlobException damaged) {
          damage = damaged;
        }
      }
    }
    throw Objects.requireNonNull(damage);
  }

  /** Whether the blob at a place has to stay, there or elsewhere, because of that place. */
  boolean keeps(int place) {
    return keep.get(place);
  }

  /** How much of each pack that is there is needed, of those that the index names. */
  List<PackUse> packs() {
    int count = index.packCount();
    long[] needed = new long[count];
    long[] unneeded = new long[count];
    var hasTrees = new BitSet(count);
    int size = index.size();
    for (int place = 0; place < size; place++) {
      int pack = index.packOf(place);
      (keep.get(place) ? needed : unneeded)[pack] += index.lengthAt(place);
      if (index.typeAt(place) == BlobType.TREE) {
        hasTrees.set(pack);
      }
    }
    var uses = new ArrayList<PackUse>();
    for (int pack = 0; pack < count; pack++) {
      ContentId id = index.pack(pack);
      Long bytes = packs.sizes().get(id);
      if (bytes != null) {
        uses.add(new PackUse(id, bytes, needed[pack], unneeded[pack], hasTrees.get(pack)));
      }
    }
    return uses;
  }
}
