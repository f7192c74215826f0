package io.holdfast.vault.prune;

import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.vault.ContentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What to do with each pack. Pure.
 *
 * @param remove of which nothing is needed
 * @param repack of which a part is needed, which moves to new packs
 * @param keep that stay
 */
record PrunePlan(List<PackUse> remove, List<PackUse> repack, List<PackUse> keep) {
  /** A pack below this is small: a quarter of what packs have. */
  static final long SMALL = 4 << 20;

  /** So many small packs, which every backup adds to, are merged. */
  static final int MANY_SMALL = 32;

  static PrunePlan of(List<PackUse> packs, UnusedLimit limit) {
    var remove = new ArrayList<PackUse>();
    var repack = new ArrayList<PackUse>();
    var keep = new ArrayList<PackUse>();
    var mixed = new ArrayList<PackUse>();
    long total = 0;
    long unneeded = 0;
    for (PackUse pack : packs) {
      if (pack.isUnneeded()) {
        remove.add(pack);
        continue;
      }
      total += pack.needed();
      if (!pack.isMixed()) {
        keep.add(pack);
      } else if (pack.hasTrees() && !limit.isUnlimited()) {
        // Trees are small, and whoever reads them reads all: they are kept close together.
        repack.add(pack);
      } else {
        unneeded += pack.unneeded();
        mixed.add(pack);
      }
    }
    // Those that free most for what has to be copied come first.
    mixed.sort(Comparator.comparingDouble(PackUse::waste).reversed());
    for (PackUse pack : mixed) {
      if (limit.isExceeded(unneeded, total + unneeded)) {
        unneeded -= pack.unneeded();
        repack.add(pack);
      } else {
        keep.add(pack);
      }
    }
    if (!limit.isUnlimited()) {
      mergeSmall(keep, repack, true);
      mergeSmall(keep, repack, false);
    }
    return new PrunePlan(List.copyOf(remove), List.copyOf(repack), List.copyOf(keep));
  }

  private static void mergeSmall(List<PackUse> keep, List<PackUse> repack, boolean trees) {
    List<PackUse> small =
        keep.stream().filter(pack -> pack.size() < SMALL && pack.hasTrees() == trees).toList();
    if (small.size() >= MANY_SMALL) {
      keep.removeAll(new HashSet<>(small));
      repack.addAll(small);
    }
  }

  /** The packs that go, at once or after what is needed of them was moved. */
  Set<ContentId> leaving() {
    var leaving = new HashSet<ContentId>();
    remove.forEach(pack -> leaving.add(pack.pack()));
    repack.forEach(pack -> leaving.add(pack.pack()));
    return leaving;
  }

  /** Bytes of blobs that nothing needs and that stay. */
  long unneededLeft() {
    return keep.stream().mapToLong(PackUse::unneeded).sum();
  }
}
