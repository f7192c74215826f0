package io.holdfast.engine.repository.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.Content.Extent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExtentsTest {
  private static List<Extent> extents(long... numbers) {
    var extents = new ArrayList<Extent>();
    for (int i = 0; i < numbers.length; i += 2) {
      extents.add(new Extent(numbers[i], numbers[i + 1]));
    }
    return extents;
  }

  @Test
  void neighboursAreJoinedAndEmptyOnesDropped() {
    assertThat(Extents.normal(extents(0, 5, 5, 5, 20, 0, 30, 1), 40))
        .isEqualTo(extents(0, 10, 30, 1));
    assertThat(Extents.normal(List.of(), 40)).isEmpty();
    assertThat(Extents.isDense(Extents.normal(extents(0, 20, 20, 20), 40), 40)).isTrue();
    assertThat(Extents.isDense(List.of(), 0)).isTrue();
    assertThat(Extents.isDense(List.of(), 1)).isFalse();
  }

  @Test
  void whatIsOutOfOrderOrOutOfTheFileIsRefused() {
    for (List<Extent> wrong :
        List.of(
            extents(5, 5, 0, 5),
            extents(0, 6, 5, 5),
            extents(0, 41),
            extents(41, 1),
            extents(-1, 5),
            extents(0, -1),
            extents(Long.MAX_VALUE, Long.MAX_VALUE))) {
      assertThatThrownBy(() -> Extents.normal(wrong, 40))
          .as("%s", wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @DisplayName("a file of a million pieces is kept in few, covering all its data")
  void manyPieces() {
    var all = new ArrayList<Extent>();
    for (long i = 0; i < 200_000; i++) {
      all.add(new Extent(i * 100_000, 10));
    }
    List<Extent> normal = Extents.normal(all, Long.MAX_VALUE);
    assertThat(normal.size()).isBetween(1, Extents.MOST);
    assertThat(normal.getFirst().offset()).isZero();
    assertThat(normal.getLast().end()).isEqualTo(199_999L * 100_000 + 10);
    assertThat(Extents.normal(normal, Long.MAX_VALUE)).isEqualTo(normal);
  }
}
