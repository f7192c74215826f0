package io.holdfast.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When runs are due: a row of instants without end, or with none at all. Immutable. */
public sealed interface Schedule permits Interval, Cron {
  /**
   * The first due instant after another instant.
   *
   * @param base what an interval counts from; a cron expression knows for itself
   * @param after any instant; the result is later than it, and than {@code base} where that counts
   * @return empty if none comes as long as time can be told
   */
  Optional<Instant> next(Instant base, Instant after);

  /**
   * The longest time between two due instants that follow each other: what one can expect of the
   * age of the last run.
   *
   * @param from where to begin looking, where it takes looking
   * @return empty if fewer than two instants are due
   */
  Optional<Duration> longestGap(Instant from);
}
