package io.holdfast.engine.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A run every so often, counted from the last one.
 *
 * @param length any positive duration; configuration allows 1 to 168 hours
 */
public record Interval(Duration length) implements Schedule {
  /**
   * @throws InvalidScheduleException if the length is zero or negative
   */
  public Interval {
    if (!length.isPositive()) {
      throw new InvalidScheduleException("interval", length.toString(), "a positive duration");
    }
  }

  @Override
  public Optional<Instant> next(Instant base, Instant after) {
    try {
      Duration passed = Duration.between(base, after);
      long whole = passed.isNegative() ? 0 : passed.dividedBy(length);
      return Optional.of(base.plus(length.multipliedBy(Math.addExact(whole, 1))));
    } catch (ArithmeticException | DateTimeException beyondTime) {
      return Optional.empty();
    }
  }

  /** Such as {@code every 6h}. */
  @Override
  public String toString() {
    return "every " + length.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  @Override
  public Optional<Duration> longestGap(Instant from) {
    return Optional.of(length);
  }
}
