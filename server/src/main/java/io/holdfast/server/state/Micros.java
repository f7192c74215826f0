package io.holdfast.server.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the database keeps them: whole microseconds since 1970. */
final class Micros {
  private static final long PER_SECOND = 1_000_000;
  private static final Instant FIRST = Instant.ofEpochSecond(Long.MIN_VALUE / PER_SECOND);
  private static final Instant LAST = Instant.ofEpochSecond(Long.MAX_VALUE / PER_SECOND);

  private Micros() {}

  /**
   * Rounded down. What is out of range, such as {@link Instant#MIN}, becomes the end of the range.
   */
  static long of(Instant instant) {
    var kept = instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
    return kept.getEpochSecond() * PER_SECOND + kept.getNano() / 1_000;
  }

  static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
