package io.holdfast.vault.backup;

import io.holdfast.engine.repository.RepositoryStats;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.prune.Reachable;
import io.holdfast.vault.prune.StoredSnapshots;
import java.io.IOException;
import java.util.List;

/** Counts what a vault holds and takes. Reads trees, each once, and no content of files. */
final class VaultStats {
  private VaultStats() {}

  static RepositoryStats of(Vault vault, Cancellation cancellation) throws IOException {
    var all = StoredSnapshots.read(vault);
    BlobIndex index = vault.readIndex(cancellation);
    List<Backend.Listed> packs = vault.backend().list(FileType.PACK);
    int indexes = vault.backend().list(FileType.INDEX).size();
    long stored = 0;
    for (FileType type : FileType.values()) {
      if (type != FileType.CONFIG) {
        for (Backend.Listed file : vault.backend().list(type)) {
          stored += file.size();
        }
      }
    }
    int backups = 0;
    long files = 0;
    long logical = 0;
    long[] unique = new long[1];
    long[] needed = new long[1];
    try (var blobs = BlobReader.ofTrees(vault, index)) {
      var counted = new TreeTotals(blobs, cancellation);
      var reachable =
          new Reachable(
              blobs,
              index,
              cancellation,
              Reachable.Missing.NONE,
              place -> {
                var blob = index.at(place).blob();
                needed[0] += blob.length();
                unique[0] += blob.type() == BlobType.DATA ? blob.contentLength() : 0;
              });
      for (var snapshot : all.values()) {
        backups += BackupTags.read(snapshot).isPresent() ? 1 : 0;
        reachable.add(snapshot.tree());
        TreeTotals.Below below = counted.below(snapshot.tree());
        files += below.files();
        logical += below.bytes();
      }
    }
    long inPacks = packs.stream().mapToLong(Backend.Listed::size).sum();
    return new RepositoryStats(
        backups,
        all.size() - backups,
        files,
        logical,
        unique[0],
        stored,
        packs.size(),
        indexes,
        unused(index, packs, needed[0], inPacks));
  }

  /** Without the headers of packs, which go with what they tell of. */
  private static long unused(
      BlobIndex index, List<Backend.Listed> packs, long needed, long inPacks) {
    long inBlobs = 0;
    for (int place = 0; place < index.size(); place++) {
      inBlobs += index.lengthAt(place);
    }
    long named =
        packs.stream()
            .filter(pack -> index.packNumber(pack.id()) >= 0)
            .mapToLong(Backend.Listed::size)
            .sum();
    return Math.max(0, inBlobs - needed) + (inPacks - named);
  }
}
