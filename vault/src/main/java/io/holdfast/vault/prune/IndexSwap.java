package io.holdfast.vault.prune;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts other index files in the place of those that name packs which are to go. */
final class IndexSwap {
  /** So many small index files, of which every backup writes one, are merged. */
  private static final int MANY = 32;

  /** Bytes of an index file below which it is small. */
  private static final long SMALL = 1 << 20;

  private IndexSwap() {}

  /**
   * Writes new files, and only then removes old ones. From then on nobody who comes learns of the
   * packs that are to go.
   *
   * @param candidates the files that may be removed
   * @param there the packs that are there; what is said of others is left out
   * @param leaving the packs that are to go
   */
  static void swap(
      Vault vault,
      IndexFiles indexes,
      Set<ContentId> candidates,
      Set<ContentId> there,
      Set<ContentId> leaving)
      throws IOException {
    var old = new HashSet<ContentId>();
    var small = new HashSet<ContentId>();
    for (ContentId file : candidates) {
      if (indexes.packs(file).stream()
          .anyMatch(pack -> leaving.contains(pack) || !there.contains(pack))) {
        old.add(file);
      } else if (indexes.size(file) < SMALL) {
        small.add(file);
      }
    }
    if (small.size() >= MANY) {
      old.addAll(small);
    }
    var staying = new HashSet<ContentId>();
    for (ContentId file : old) {
      indexes.packs(file).stream()
          .filter(pack -> there.contains(pack) && !leaving.contains(pack))
          .forEach(staying::add);
    }
    List<ContentId> written = PackIndexing.write(vault, indexes.index(), staying);
    indexes.add(written, staying);
    for (ContentId file : old) {
      vault.backend().delete(FileId.of(FileType.INDEX, file));
      indexes.forget(file);
    }
  }
}
