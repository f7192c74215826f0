package io.holdfast.vault.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final Backoff BACKOFF =
      new Backoff(100, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofHours(1));

  /** Draws the same share again and again. */
  private record Fixed(double share) implements RandomGenerator {
    @Override
    public long nextLong() {
      throw new UnsupportedOperationException();
    }

    @Override
    public double nextDouble() {
      return share;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 500, 1000",
    "2, 1000, 2000",
    "3, 2000, 4000",
    "6, 16000, 32000",
    "7, 30000, 60000",
    "8, 30000, 60000",
    "99, 30000, 60000"
  })
  @DisplayName("pauses double up to the longest, and lie between half and the whole of that")
  void doubling(int failures, long least, long most) {
    assertThat(BACKOFF.pause(failures, Duration.ZERO, new Fixed(0)))
        .contains(Duration.ofMillis(least));
    assertThat(BACKOFF.pause(failures, Duration.ZERO, new Fixed(Math.nextDown(1.0))).orElseThrow())
        .isBetween(Duration.ofMillis(most - 1), Duration.ofMillis(most));
  }

  @Test
  @DisplayName("the pauses of many are spread")
  void spread() {
    var random = new Random(1);
    assertThat(
            random
                .longs(100)
                .mapToObj(unused -> BACKOFF.pause(5, Duration.ZERO, random))
                .distinct()
                .count())
        .isEqualTo(100);
  }

  @Test
  @DisplayName("no more attempts than allowed")
  void attempts() {
    assertThat(BACKOFF.pause(99, Duration.ZERO, new Fixed(0))).isPresent();
    assertThat(BACKOFF.pause(100, Duration.ZERO, new Fixed(0))).isEmpty();
    assertThat(BACKOFF.pause(Integer.MAX_VALUE, Duration.ZERO, new Fixed(0))).isEmpty();
    var once = new Backoff(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofDays(1));
    assertThat(once.pause(1, Duration.ZERO, new Fixed(0))).isEmpty();
  }

  @Test
  @DisplayName("no pause that ends after the time allowed")
  void total() {
    Duration hour = Duration.ofHours(1);
    assertThat(BACKOFF.pause(1, hour.minusMillis(500), new Fixed(0)))
        .isEqualTo(Optional.of(Duration.ofMillis(500)));
    assertThat(BACKOFF.pause(1, hour.minusMillis(499), new Fixed(0))).isEmpty();
    assertThat(BACKOFF.pause(1, hour.multipliedBy(1000), new Fixed(0))).isEmpty();
  }

  @Test
  @DisplayName("long pauses do not overflow")
  void noOverflow() {
    var patient =
        new Backoff(
            Integer.MAX_VALUE,
            Duration.ofHours(1),
            Duration.ofDays(10_000),
            Duration.ofDays(90_000));
    assertThat(patient.pause(1_000_000, Duration.ZERO, new Fixed(0)))
        .contains(Duration.ofDays(5000));
  }

  @Test
  @DisplayName("what is no patience is refused")
  void nonsense() {
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(0, second, second, second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(1, Duration.ZERO, second, second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(1, second, Duration.ofMillis(999), second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(1, second, second, Duration.ofSeconds(-1)));
    assertThat(Backoff.standard().attempts()).isGreaterThan(1);
  }
}
