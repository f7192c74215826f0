package io.holdfast.vault.prune;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.lock.HeldLock.Holder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Packs that no index names and that may go when certain processes have ended. Immutable.
 *
 * <p>A mark is good only as long as no index has named its packs since: a prune forgets those that
 * it finds named before it hides anything. Without the record a prune marks anew, and deletes one
 * prune later.
 *
 * @param all one for each prune that had to wait
 */
record Marks(List<Mark> all) {
  static final Marks NONE = new Marks(List.of());

  Marks {
    all = List.copyOf(all);
  }

  /**
   * What one prune marked.
   *
   * @param holders who was at work after the indexes had ceased to name the packs, and is still
   * @param packs which
   */
  record Mark(Set<Holder> holders, Set<ContentId> packs) {
    Mark {
      holders = Set.copyOf(holders);
      packs = Set.copyOf(packs);
    }
  }

  /**
   * What remains when it is known that indexes named these packs meanwhile: whoever read them then
   * may rely on the packs, and none of those who were marked need be he.
   */
  Marks without(Set<ContentId> named) {
    return new Marks(
        all.stream()
            .map(mark -> {
              var packs = new HashSet<>(mark.packs());
              packs.removeAll(named);
              return new Mark(mark.holders(), packs);
            })
            .filter(mark -> !mark.packs().isEmpty())
            .toList());
  }

  /**
   * What remains of it now. Who is not there any more has ended: whoever comes with the same number
   * later has never seen an index that named these packs.
   *
   * @param present who is at work
   * @param stray the packs that no index names
   */
  Marks now(Set<Holder> present, Set<ContentId> stray) {
    var left = new ArrayList<Mark>();
    var before = new HashSet<ContentId>();
    for (Mark mark : all) {
      var holders = mark.holders().stream().filter(present::contains).collect(Collectors.toSet());
      var packs =
          mark.packs().stream()
              .filter(pack -> stray.contains(pack) && before.add(pack))
              .collect(Collectors.toSet());
      if (!packs.isEmpty()) {
        left.add(new Mark(holders, packs));
      }
    }
    var fresh = new HashSet<>(stray);
    fresh.removeAll(before);
    if (!fresh.isEmpty()) {
      left.add(new Mark(present, fresh));
    }
    return new Marks(left);
  }

  /** The packs for which nobody has to be waited for. */
  Set<ContentId> free() {
    return all.stream()
        .filter(mark -> mark.holders().isEmpty())
        .flatMap(mark -> mark.packs().stream())
        .collect(Collectors.toSet());
  }

  /** Those for which somebody has. */
  Marks waiting() {
    return new Marks(all.stream().filter(mark -> !mark.holders().isEmpty()).toList());
  }
}
