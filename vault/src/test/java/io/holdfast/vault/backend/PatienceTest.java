package io.holdfast.vault.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long who waits. */
class PatienceTest {
  @Test
  @DisplayName("a question is given up long before a transfer")
  void standard() {
    Patience standard = Patience.standard();
    assertThat(standard.of(Operation.LIST).total()).isLessThanOrEqualTo(Duration.ofSeconds(15));
    assertThat(standard.of(Operation.SIZE)).isEqualTo(standard.of(Operation.CREATE));
    assertThat(standard.of(Operation.WRITE)).isEqualTo(Backoff.standard());
    assertThat(standard.of(Operation.READ)).isEqualTo(standard.of(Operation.DELETE));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one patience may be for all")
  void same(Operation operation) {
    assertThat(Patience.of(Backoff.standard()).of(operation)).isEqualTo(Backoff.standard());
  }
}
