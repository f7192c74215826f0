package io.holdfast.vault.prune;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.vault.ContentId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrunePlanTest {
  private static final int MIB = 1 << 20;

  private static PackUse data(int number, long needed, long unneeded) {
    return pack(number, needed, unneeded, false);
  }

  private static PackUse pack(int number, long needed, long unneeded, boolean trees) {
    return new PackUse(
        ContentId.of(("pack" + number).getBytes(UTF_8)),
        needed + unneeded + 100,
        needed,
        unneeded,
        trees);
  }

  @Test
  void removesWhatNothingNeedsAndKeepsWhatAllNeed() {
    PackUse unneeded = data(1, 0, 16 * MIB);
    PackUse needed = data(2, 16 * MIB, 0);

    PrunePlan plan = PrunePlan.of(List.of(unneeded, needed), UnusedLimit.DEFAULT);

    assertThat(plan.remove()).containsExactly(unneeded);
    assertThat(plan.keep()).containsExactly(needed);
    assertThat(plan.leaving()).containsExactly(unneeded.pack());
  }

  @Test
  void movesTheWorstUntilTheLimitIsKept() {
    PackUse bad = data(1, MIB, 9 * MIB);
    PackUse middling = data(2, 8 * MIB, 2 * MIB);
    PackUse good = data(3, 99 * MIB, MIB);

    PrunePlan plan = PrunePlan.of(List.of(good, middling, bad), UnusedLimit.DEFAULT);

    assertThat(plan.repack()).containsExactly(bad);
    assertThat(plan.keep()).containsExactlyInAnyOrder(middling, good);
    assertThat(plan.unneededLeft()).isEqualTo(3 * MIB);
    assertThat(PrunePlan.of(List.of(good, middling, bad), new UnusedLimit(0)).repack())
        .containsExactly(bad, middling, good);
    assertThat(PrunePlan.of(List.of(good, middling, bad), UnusedLimit.UNLIMITED).repack())
        .isEmpty();
  }

  @Test
  void treesAreKeptTogetherWhateverTheLimit() {
    PackUse trees = pack(1, 16 * MIB, 100, true);
    PackUse rest = data(2, 900 * MIB, 0);

    assertThat(PrunePlan.of(List.of(trees, rest), UnusedLimit.DEFAULT).repack())
        .containsExactly(trees);
    assertThat(PrunePlan.of(List.of(trees, rest), UnusedLimit.UNLIMITED).repack()).isEmpty();
  }

  @Test
  void smallPacksAreMergedWhenThereAreMany() {
    var packs = new ArrayList<PackUse>();
    for (int i = 0; i < PrunePlan.MANY_SMALL - 1; i++) {
      packs.add(data(i, MIB, 0));
    }
    assertThat(PrunePlan.of(packs, UnusedLimit.DEFAULT).repack()).isEmpty();

    packs.add(data(100, MIB, 0));

    assertThat(PrunePlan.of(packs, UnusedLimit.DEFAULT).repack()).hasSize(packs.size());
    assertThat(PrunePlan.of(packs, UnusedLimit.UNLIMITED).repack()).isEmpty();
  }
}
