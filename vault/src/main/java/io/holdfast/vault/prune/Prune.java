package io.holdfast.vault.prune;

import io.holdfast.engine.repository.PruneOutcome;
import io.holdfast.engine.repository.PruneOutcome.Packs;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.Snapshot;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobPlace;
import io.holdfast.vault.lock.LockList;
import io.holdfast.vault.lock.VaultLock;
import io.holdfast.vault.lock.VaultLocks;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.PackReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Removes what no snapshot needs. One instance, one prune.
 *
 * <p>Order of steps, which P3 rests on:
 *
 * <ol>
 *   <li>The prune's lock: other programs stay away, and another prune does.
 *   <li>Lists packs, then snapshots, then indexes; follows all snapshots.
 *   <li>Moves what is needed of half-empty packs to new ones; reads those back; an index for them.
 *   <li>Lists snapshots once more: packs that new ones need stay after all.
 *   <li>Forgets, on disk too, the marks of packs that an index named: they are as if marked never.
 *   <li>New indexes for what stays of the old ones.
 *   <li>Removes the old indexes. From here on nobody who comes learns of the packs that are to go.
 *   <li>Lists who is at work. Whoever is not there has never heard of these packs, or has ended.
 *   <li>Lists indexes and snapshots once more; what those that came since need is named again.
 *   <li>If nobody else is at work, the packs go. Else they are marked, and a later prune, when
 *       those who were at work have ended, removes the ones that nothing has named since.
 * </ol>
 *
 * The other half of the last but one step is with whoever publishes, see {@link Publication}: he
 * looks for removed indexes after his snapshot is there, the prune looks for new snapshots after
 * the indexes are gone; one of them sees the other. Whoever dies in between leaves packs that no
 * index names, and maybe indexes that say the same twice.
 */
final class Prune {
  private final Vault vault;
  private final VaultLocks locks;
  private final MarkFile markFile;
  private final int level;
  private final Cancellation cancellation;
  private final LongConsumer progress;
  private final IndexFiles indexes;
  private final Map<ContentId, Long> packs = new HashMap<>();
  private final StoredPacks there = new StoredPacks(packs);
  private final Set<ContentId> snapshots = new HashSet<>();
  private final Set<ContentId> young = new HashSet<>();
  private final BitSet found = new BitSet();

  /**
   * @param marks where is kept what an earlier prune marked
   * @param level how hard to compress what is moved
   * @param progress told of bytes of packs that were moved
   */
  Prune(
      Vault vault,
      VaultLocks locks,
      MarkFile marks,
      int level,
      Cancellation cancellation,
      LongConsumer progress) {
    this.vault = vault;
    this.locks = locks;
    this.markFile = marks;
    this.level = level;
    this.cancellation = cancellation;
    this.progress = progress;
    this.indexes = new IndexFiles(vault);
  }

  /**
   * Prunes.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code BUSY} if another program or another
   *     prune is at work, {@code INTERRUPTED} if the lock was removed
   * @throws io.holdfast.vault.pack.DamagedBlobException if something that is needed is missing:
   *     nothing was removed then
   */
  PruneOutcome run(UnusedLimit limit) throws IOException {
    try (VaultLock lock = locks.prune();
        var reader = new PackReader(vault)) {
      return run(limit, Optional.of(lock), reader);
    }
  }

  /** What {@link #run} would do now. Changes nothing. */
  PruneOutcome look(UnusedLimit limit) throws IOException {
    try (var reader = new PackReader(vault)) {
      return run(limit, Optional.empty(), reader);
    }
  }

  private PruneOutcome run(UnusedLimit limit, Optional<VaultLock> held, PackReader reader)
      throws IOException {
    packs.putAll(StoredPacks.list(vault).sizes());
    Map<ContentId, Snapshot> first = StoredSnapshots.readNew(vault, snapshots);
    refresh();
    // Those that come later, nobody else than who wrote them takes away.
    Set<ContentId> indexFiles = indexes.files();
    BlobIndex index = indexes.index();
    try (var trees = BlobReader.ofTrees(vault, index);
        var blobs = new BlobReader(vault, index)) {
      var stray = new StrayPacks(vault, reader, indexes, packs, held.isPresent());
      var reachable = new Reachable(trees, index, cancellation, stray, found::set);
      follow(reachable, first);
      var used = new UsedPlaces(index, there, blobs);
      used.choose(reachable, cancellation);
      PrunePlan plan =
          PrunePlan.of(
              used.packs().stream().filter(pack -> !young.contains(pack.pack())).toList(), limit);
      if (held.isEmpty()) {
        return outlook(plan);
      }
      VaultLock lock = held.get();
      BlobIndex moved =
          new Repacking(vault, index, used, level).move(plan.repack(), cancellation, progress);
      lock.require();
      followNew(reachable);
      Set<ContentId> leaving = plan.leaving();
      leaving.removeAll(holding(place -> !isIn(moved, place) && !isElsewhere(place, leaving)));
      forgetMarksOfNamed();
      IndexSwap.swap(vault, indexes, indexFiles, packs.keySet(), leaving);
      LockList others = locks.others(lock);
      nameAgain(reachable, moved);
      return delete(lock, plan, moved, others);
    }
  }

  /**
   * Packs that were named since they were marked are as if marked never: others may have come to
   * rely on them. That is written down before they are hidden again, should this prune die.
   */
  private Marks forgetMarksOfNamed() throws IOException {
    Marks before = markFile.read();
    Marks left = before.without(indexes.everNamed());
    if (!left.equals(before)) {
      markFile.write(left);
    }
    return left;
  }

  private void refresh() throws IOException {
    indexes.refresh(cancellation);
    findYoung();
  }

  /** Follows what was published since this was done last; it is what is found now. */
  private void followNew(Reachable reachable) throws IOException {
    Map<ContentId, Snapshot> since = StoredSnapshots.readNew(vault, snapshots);
    // Who publishes writes his indexes first; so they are there.
    refresh();
    found.clear();
    follow(reachable, since);
  }

  /** Packs of a backup under way, stored after packs were listed, are none of our business. */
  private void findYoung() throws IOException {
    for (ContentId pack : indexes.named()) {
      // One that is missing matters if something needs it.
      if (!packs.containsKey(pack) && there.find(vault, pack)) {
        young.add(pack);
      }
    }
  }

  private static void follow(Reachable reachable, Map<ContentId, Snapshot> some)
      throws IOException {
    for (Snapshot snapshot : some.values()) {
      reachable.add(snapshot.tree());
    }
  }

  /** Names again what was hidden and is needed by what was published since. */
  private void nameAgain(Reachable reachable, BlobIndex moved) throws IOException {
    followNew(reachable);
    Set<ContentId> hidden = new HashSet<>(packs.keySet());
    hidden.removeAll(indexes.named());
    Set<ContentId> again = holding(place -> !isIn(moved, place) && !isElsewhere(place, hidden));
    indexes.add(PackIndexing.write(vault, indexes.index(), again), again);
  }

  /**
   * The packs that hold the blobs that were found and are as told: every copy that is there, for
   * the one that was told first may be lost with its pack.
   */
  private Set<ContentId> holding(IntPredicate what) {
    BlobIndex index = indexes.index();
    return found.stream()
        .filter(what)
        .flatMap(place -> Arrays.stream(index.twins(place)))
        .mapToObj(index::at)
        .filter(there::hold)
        .map(BlobPlace::pack)
        .collect(Collectors.toSet());
  }

  private boolean isIn(BlobIndex other, int place) {
    var blob = indexes.index().at(place).blob();
    return other.contains(blob.type(), blob.id());
  }

  /** Whether a blob also lies in a pack that is none of these. */
  private boolean isElsewhere(int place, Set<ContentId> not) {
    BlobIndex index = indexes.index();
    return Arrays.stream(index.twins(place))
        .mapToObj(index::at)
        .anyMatch(twin -> there.hold(twin) && !not.contains(twin.pack()));
  }

  private PruneOutcome delete(VaultLock lock, PrunePlan plan, BlobIndex moved, LockList others)
      throws IOException {
    Set<ContentId> stray = stray(moved.packs());
    Marks marks = forgetMarksOfNamed();
    Set<ContentId> free = Set.of();
    // Whose a lock is that cannot be read, no mark could say: nothing goes, and all is marked anew.
    if (others.unreadable().isEmpty()) {
      marks = marks.now(others.holders(), stray);
      free = marks.free();
      // Without those that go: what is left of them if this prune dies is judged anew.
      markFile.write(marks.waiting());
    }
    lock.require();
    for (ContentId pack : free) {
      vault.backend().delete(FileId.of(FileType.PACK, pack));
    }
    var left = new HashSet<>(stray);
    left.removeAll(free);
    return new PruneOutcome(
        false,
        snapshots.size(),
        count(free),
        count(plan.repack()),
        written(moved.packs()),
        count(plan.keep()),
        count(left),
        left.isEmpty() ? 0 : others.holders().size() + others.unreadable().size(),
        plan.unneededLeft());
  }

  private PruneOutcome outlook(PrunePlan plan) throws IOException {
    Set<ContentId> going = stray(Set.of());
    going.addAll(plan.leaving());
    long moved = plan.repack().stream().mapToLong(PackUse::needed).sum();
    return new PruneOutcome(
        true,
        snapshots.size(),
        count(going),
        count(plan.repack()),
        new Packs(plan.repack().isEmpty() ? 0 : 1 + (int) (moved >> 24), moved),
        count(plan.keep()),
        Packs.NONE,
        0,
        plan.unneededLeft());
  }

  /** The packs that were there in the beginning and that no index names. */
  private Set<ContentId> stray(Set<ContentId> written) {
    var stray = new HashSet<>(packs.keySet());
    stray.removeAll(indexes.named());
    stray.removeAll(written);
    return stray;
  }

  private Packs count(Set<ContentId> some) {
    long bytes = some.stream().mapToLong(pack -> packs.getOrDefault(pack, 0L)).sum();
    return new Packs(some.size(), bytes);
  }

  private static Packs count(Collection<PackUse> some) {
    return new Packs(some.size(), some.stream().mapToLong(PackUse::size).sum());
  }

  private Packs written(Set<ContentId> some) throws IOException {
    long bytes = 0;
    for (ContentId pack : some) {
      bytes += vault.backend().size(FileId.of(FileType.PACK, pack));
    }
    return new Packs(some.size(), bytes);
  }
}
