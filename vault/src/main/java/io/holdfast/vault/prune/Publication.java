package io.holdfast.vault.prune;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.Snapshot;
import io.holdfast.vault.format.SnapshotCodec;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobPlace;
import io.holdfast.vault.lock.VaultLock;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.StoredBlobs;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Makes a snapshot visible, in a vault that somebody may prune at the same time: what the snapshot
 * leads to, an index names, before it is there and after. A prune that took away indexes on which
 * the snapshot relies has not removed the packs yet, since whoever publishes holds a lock that is
 * older; so it is enough to name these packs again. Should one be gone all the same, the snapshot
 * goes too.
 */
public final class Publication {
  private final Vault vault;
  private final VaultLock lock;
  private final StoredBlobs stored;
  private final BlobIndex index;
  private final Set<ContentId> known;

  /**
   * @param lock taken before the index was read
   * @param stored what was found in the vault in the beginning, and what was stored since
   * @param known the index files that say so
   */
  public Publication(Vault vault, VaultLock lock, StoredBlobs stored, Set<ContentId> known) {
    this.vault = vault;
    this.lock = lock;
    this.stored = stored;
    this.index = stored.index();
    this.known = new HashSet<>(known);
  }

  /**
   * Publishes. All that the snapshot leads to is stored, and named by index files.
   *
   * <p>If the storage fails when the snapshot may be there already, its answer does not count but
   * what is there: the snapshot, with all that it needs, is published. Any other is taken back, as
   * far as the storage lets it. A cancellation of the vault is heard until then, and comes too late
   * afterwards: it could neither finish what was begun nor take it back.
   *
   * @return the name of the snapshot
   * @throws HoldfastException {@code INTERRUPTED} if the lock was removed, or a pack that is relied
   *     on; nothing is published then
   */
  public ContentId publish(Snapshot snapshot) throws IOException {
    if (lock.isBesidePrune()) {
      // It may hide what this relies on at any moment, but no index that it has not seen.
      name(snapshot.tree(), place -> true);
    }
    settle(snapshot.tree());
    // Else somebody may have pruned what this backup shares with others.
    lock.require();
    return new Publication(vault.under(new Cancellation()), lock, stored, known).show(snapshot);
  }

  private ContentId show(Snapshot snapshot) throws IOException {
    Vault.SealedDocument document = vault.seal(SnapshotCodec.encode(snapshot));
    try {
      vault.write(FileType.SNAPSHOT, document.id(), document.content());
      settle(snapshot.tree());
    } catch (IOException | RuntimeException failure) {
      if (!isThere(document.id(), failure) || !isWhole(document.id(), snapshot.tree(), failure)) {
        throw failure;
      }
    }
    return document.id();
  }

  private boolean isThere(ContentId snapshot, Exception failure) {
    try {
      return vault.backend().exists(FileId.of(FileType.SNAPSHOT, snapshot));
    } catch (IOException | RuntimeException unknown) {
      failure.addSuppressed(unknown);
      return false;
    }
  }

  /** Whether the snapshot that is there is published; otherwise it is taken back. */
  private boolean isWhole(ContentId snapshot, ContentId tree, Exception failure) {
    try {
      vault.readDocument(FileType.SNAPSHOT, snapshot);
      settle(tree);
      return true;
    } catch (IOException | RuntimeException lacking) {
      failure.addSuppressed(lacking);
    }
    try {
      vault.backend().delete(FileId.of(FileType.SNAPSHOT, snapshot));
    } catch (IOException | RuntimeException left) {
      failure.addSuppressed(left);
    }
    return false;
  }

  /** Names again what a prune has taken from the indexes, until no prune takes anything. */
  private void settle(ContentId tree) throws IOException {
    for (Set<ContentId> gone = gone(); !gone.isEmpty(); gone = gone()) {
      Set<ContentId> listed = files();
      BlobIndex fresh = vault.readIndex(new Cancellation());
      StoredPacks there = StoredPacks.list(vault);
      name(
          tree,
          place -> {
            var blob = index.at(place).blob();
            return fresh.findAll(blob.type(), blob.id()).stream()
                .noneMatch(named -> isThere(named, there));
          });
      // Not before: if that failed, who settles again has to do it again.
      known.removeAll(gone);
      known.addAll(listed);
    }
    known.addAll(files());
  }

  /**
   * Index files that were removed. A list may be behind the times, so those that it lacks are
   * looked for by their names: else this would name again for ever what is named.
   */
  private Set<ContentId> gone() throws IOException {
    Set<ContentId> listed = files();
    var gone = new HashSet<ContentId>();
    for (ContentId file : known) {
      if (!listed.contains(file) && !vault.backend().exists(FileId.of(FileType.INDEX, file))) {
        gone.add(file);
      }
    }
    return gone;
  }

  /** Writes index files for the packs of those places in a tree that have to be named. */
  private void name(ContentId tree, IntPredicate hasToBe) throws IOException {
    var relied = new BitSet();
    StoredPacks there = StoredPacks.list(vault);
    try (var blobs = BlobReader.ofTrees(vault, index)) {
      new Reachable(
              blobs,
              index,
              new Cancellation(),
              Reachable.Missing.NONE,
              place -> {
                if (hasToBe.test(place)) {
                  relied.set(choose(place, there));
                }
              })
          .add(tree);
    }
    Set<ContentId> packs =
        relied.stream().mapToObj(place -> index.at(place).pack()).collect(Collectors.toSet());
    known.addAll(PackIndexing.write(vault, index, packs));
    // Only now, when every prune to come sees the names: what is there stays.
    StoredPacks now = StoredPacks.list(vault);
    for (int place = relied.nextSetBit(0); place >= 0; place = relied.nextSetBit(place + 1)) {
      requireThere(index.at(place), now);
    }
  }

  /** Of the places of a blob one in a pack that is there, or else one that was. */
  private int choose(int place, StoredPacks there) {
    int[] twins = index.twins(place);
    return Arrays.stream(twins)
        .filter(twin -> isThere(index.at(twin), there))
        .findFirst()
        .orElseGet(() ->
            Arrays.stream(twins)
                .filter(twin -> !stored.lost().contains(index.at(twin).pack()))
                .findFirst()
                .orElse(place));
  }

  private boolean isThere(BlobPlace place, StoredPacks packs) {
    return !stored.lost().contains(place.pack()) && packs.hold(place);
  }

  private void requireThere(BlobPlace place, StoredPacks packs) throws IOException {
    var unused = packs.find(vault, place.pack());
    if (!isThere(place, packs)) {
      throw new HoldfastException(
          ErrorCode.INTERRUPTED,
          "somebody removed the pack " + place.pack().brief() + " on which this backup relied",
          "The backup was given up. Run it again: it stores anew what is gone. Prune the vault"
              + " from one machine only.");
    }
  }

  private Set<ContentId> files() throws IOException {
    return vault.backend().list(FileType.INDEX).stream()
        .map(Backend.Listed::id)
        .collect(Collectors.toSet());
  }
}
