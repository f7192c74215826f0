package io.holdfast.vault.backup;

import io.holdfast.vault.ContentId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which packs were read by which check. Immutable.
 *
 * @param rounds the number of the check that read a pack last, from 1
 */
record Coverage(Map<ContentId, Integer> rounds) {
  static final Coverage NONE = new Coverage(Map.of());

  Coverage {
    rounds = Map.copyOf(rounds);
  }

  /** The number of the check that read a pack last; 0 if none did. */
  int round(ContentId pack) {
    return rounds.getOrDefault(pack, 0);
  }

  /**
   * After one more check.
   *
   * @param read the packs that it read and found sound
   * @param there the packs that there are; of others nothing is remembered
   */
  Coverage with(Set<ContentId> read, Collection<ContentId> there) {
    int next = 1 + rounds.values().stream().mapToInt(round -> round).max().orElse(0);
    var after = new HashMap<ContentId, Integer>();
    for (ContentId pack : there) {
      int round = read.contains(pack) ? next : round(pack);
      if (round > 0) {
        after.put(pack, round);
      }
    }
    return new Coverage(after);
  }
}
