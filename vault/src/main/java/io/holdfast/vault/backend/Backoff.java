package io.holdfast.vault.backend;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How patiently something is tried again: at pauses that double and are spread at random, so that
 * many who lost the same server do not come back to it in step.
 *
 * @param attempts how often in all, 1 or more; 1 is never again
 * @param first the first pause, before it is spread; more than zero
 * @param longest no pause is longer; at least {@code first}
 * @param total no pause begins that would end later than this after the first attempt began
 */
public record Backoff(int attempts, Duration first, Duration longest, Duration total) {
  /** More doublings than any pause can stand. */
  private static final int MOST_DOUBLINGS = 40;

  /** Checks its arguments. */
  public Backoff {
    if (attempts < 1 || !first.isPositive() || longest.compareTo(first) < 0 || total.isNegative()) {
      throw new IllegalArgumentException(
          "no backoff: " + attempts + " attempts, " + first + " to " + longest + ", " + total);
    }
  }

  /** For a server that restarts, or a line that is down for some minutes. */
  public static Backoff standard() {
    return new Backoff(30, Duration.ofMillis(500), Duration.ofMinutes(1), Duration.ofMinutes(15));
  }

  /**
   * How long to wait after a failure: between half and the whole of the step that it is due.
   *
   * @param failures how many there were, 1 or more
   * @param elapsed since the first attempt began
   * @return empty to give up
   */
  public Optional<Duration> pause(int failures, Duration elapsed, RandomGenerator random) {
    if (failures >= attempts) {
      return Optional.empty();
    }
    int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
    Duration step = first;
    for (int i = 0; i < doublings && step.compareTo(longest) < 0; i++) {
      step = step.plus(step);
    }
    long nanos = (step.compareTo(longest) < 0 ? step : longest).toNanos();
    var pause = Duration.ofNanos(nanos / 2 + (long) (random.nextDouble() * (nanos - nanos / 2)));
    return elapsed.plus(pause).compareTo(total) > 0 ? Optional.empty() : Optional.of(pause);
  }
}
