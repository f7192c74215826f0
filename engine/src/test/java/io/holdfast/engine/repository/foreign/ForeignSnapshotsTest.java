package io.holdfast.engine.repository.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class ForeignSnapshotsTest {
  private static final ForeignSnapshots THREE = new Three();

  /** Two of them begin alike. */
  private record Three() implements ForeignSnapshots {
    @Override
    public List<ForeignSnapshot> list() {
      return List.of(snapshot("aa1"), snapshot("aa2"), snapshot("b"));
    }

    @Override
    public List<RepositoryProblem> verify(
        List<ForeignSnapshot> snapshots,
        boolean content,
        Cancellation cancellation,
        LongConsumer progress) {
      return List.of();
    }

    @Override
    public ForeignReader open(ForeignSnapshot snapshot) {
      throw new UnsupportedOperationException();
    }
  }

  private static ForeignSnapshot snapshot(String beginning) {
    return new ForeignSnapshot(
        beginning + "0".repeat(64 - beginning.length()),
        Instant.EPOCH,
        "host",
        "user",
        List.of(),
        List.of(),
        "");
  }

  @Test
  void theBeginningOfAnIdIsEnoughIfItNamesOne() throws IOException {
    assertThat(THREE.find("b")).contains(snapshot("b"));
    assertThat(THREE.find("aa2")).contains(snapshot("aa2"));
    assertThat(THREE.find(snapshot("aa1").id())).contains(snapshot("aa1"));
    assertThat(THREE.find("c")).isEmpty();
  }

  @Test
  void severalAreRefused() {
    assertThatThrownBy(() -> THREE.find("aa"))
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("the ids of 2 snapshots begin with aa");
  }

  @Test
  void whatIsNoIdNamesNone() throws IOException {
    assertThat(THREE.find("latest")).isEmpty();
    assertThat(THREE.find("20261120-143000-000001")).isEmpty();
    assertThat(THREE.find("")).isEmpty();
    assertThat(THREE.find("B")).isEmpty();
    assertThat(ForeignSnapshots.NONE.find("b")).isEmpty();
  }
}
