package io.holdfast.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Runs by a cron expression of five fields on the clocks of a zone: minute, hour, day of month,
 * month, day of week. Names ({@code MON}, {@code JAN}), lists, ranges and steps are understood;
 * where both kinds of day are given, either is enough. An expression such as {@code 0 0 30 2 *} is
 * never due.
 *
 * <p>When clocks are set forward, a run at an hour that is left out is due as soon as they have
 * been; when they are set back, a run at an hour that comes twice is due the first time. An
 * expression with {@code *} in its hours goes by what the clock shows instead, and so keeps its
 * pace.
 */
public final class Cron implements Schedule {
  /** Enough for more than half a year of a run an hour. */
  private static final int MOST_LOOKED_AT = 5_000;

  private static final Duration FAR_ENOUGH = Duration.ofDays(400);

  private final String expression;
  private final ZoneId zone;
  private final WallClock clock;

  private Cron(String expression, ZoneId zone) {
    this.expression = expression;
    this.zone = zone;
    this.clock = new WallClock(CronText.times(expression), zone, CronText.isEveryHour(expression));
  }

  /**
   * @throws InvalidScheduleException saying which field is wrong and what is allowed there
   */
  public static Cron of(String expression, ZoneId zone) {
    return new Cron(CronText.normal(expression), zone);
  }

  /** Whether there ever is such a time: the 30th of February never comes. */
  public boolean comes() {
    return clock.next(Instant.EPOCH).isPresent();
  }

  /** The expression in upper case, with single spaces. */
  public String expression() {
    return expression;
  }

  public ZoneId zone() {
    return zone;
  }

  @Override
  public Optional<Instant> next(Instant base, Instant after) {
    return clock.next(after);
  }

  /**
   * Looks at the due instants of more than a year, or at 5,000 where they are that dense, which is
   * less than a year for more than 12 a day.
   */
  @Override
  public Optional<Duration> longestGap(Instant from) {
    Optional<Duration> longest = Optional.empty();
    Optional<Instant> due = clock.next(from);
    for (int i = 0; i < MOST_LOOKED_AT && due.isPresent(); i++) {
      Optional<Instant> following = clock.next(due.get());
      if (following.isPresent()) {
        var gap = Duration.between(due.get(), following.get());
        longest = longest.filter(known -> known.compareTo(gap) >= 0).or(() -> Optional.of(gap));
        if (following.get().isAfter(from.plus(FAR_ENOUGH))) {
          break;
        }
      }
      due = following;
    }
    return longest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cron that
        && expression.equals(that.expression)
        && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return 31 * expression.hashCode() + zone.hashCode();
  }

  /** The expression and the zone, as people write them. */
  @Override
  public String toString() {
    return expression + " " + zone;
  }
}
