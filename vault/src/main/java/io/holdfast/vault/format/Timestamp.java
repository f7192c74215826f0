package io.holdfast.vault.format;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;

/**
 * An instant and the offset of the clock that told it, as restic writes times: RFC 3339 with up to
 * nine digits for the fraction, none of them a trailing zero. Immutable.
 *
 * <p>The year is of four digits, 0000 to 9999, by the clock of the offset, since JSON has no way to
 * write another. A file's time may well be outside: {@link #nearest} then does what restic does.
 *
 * @param seconds since 1970-01-01T00:00:00Z; may be negative
 * @param nanos 0 to 999,999,999, counted forward from {@code seconds}
 * @param offsetMinutes what the clock was ahead of UTC; -1439 to 1439
 */
public record Timestamp(long seconds, int nanos, int offsetMinutes) {
  /** What Go takes for no time: 0001-01-01T00:00:00Z. A time that a document lacks is this one. */
  public static final Timestamp ZERO = new Timestamp(-62_135_596_800L, 0, 0);

  /** Bytes of the longest text: {@code 2014-12-22T14:47:59.912418701+01:00}. */
  public static final int LONGEST = 35;

  static final int DAY = 86_400;

  /** 0000-01-01T00:00:00, by whatever clock. */
  private static final long EARLIEST = -62_167_219_200L;

  /** 9999-12-31T23:59:59. */
  private static final long LATEST = 253_402_300_799L;

  public Timestamp {
    if (nanos < 0 || nanos > 999_999_999) {
      throw new IllegalArgumentException("nanoseconds out of range: " + nanos);
    }
    if (offsetMinutes <= -24 * 60 || offsetMinutes >= 24 * 60) {
      throw new IllegalArgumentException("offset out of range: " + offsetMinutes + " minutes");
    }
    if (!fits(seconds, offsetMinutes)) {
      throw new IllegalArgumentException("year out of range: second " + seconds);
    }
  }

  private static boolean fits(long seconds, int offsetMinutes) {
    long ahead = offsetMinutes * 60L;
    return seconds >= EARLIEST - ahead && seconds <= LATEST - ahead;
  }

  /**
   * An instant by the clock of a zone; the seconds of its offset, which some zones had before they
   * had a standard time, are dropped.
   *
   * @throws IllegalArgumentException if the year has not four digits
   */
  public static Timestamp of(Instant instant, ZoneId zone) {
    int offset = zone.getRules().getOffset(instant).getTotalSeconds() / 60;
    return new Timestamp(instant.getEpochSecond(), instant.getNano(), offset);
  }

  /**
   * An instant in UTC. One whose year has not four digits is moved to the same day and time of the
   * year 0000 or 9999, whichever is nearer, as restic does: the time is lost, the file is not.
   *
   * @see #isExact
   */
  public static Timestamp nearest(long seconds, int nanos) {
    if (isExact(seconds)) {
      return new Timestamp(seconds, nanos, 0);
    }
    int year = seconds < EARLIEST ? 0 : 9999;
    // 400 years are always as many days, so that the day of the year can be told for any year.
    long cycle = 146_097L * DAY;
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(Math.floorMod(seconds, cycle), DAY));
    // A leap day that the year lacks is the day after, as in Go.
    boolean noSuchDay =
        date.getMonth() == Month.FEBRUARY && date.getDayOfMonth() == 29 && year == 9999;
    LocalDate moved = noSuchDay ? LocalDate.of(year, 3, 1) : date.withYear(year);
    return new Timestamp(moved.toEpochDay() * DAY + Math.floorMod(seconds, DAY), nanos, 0);
  }

  /** Whether {@link #nearest} leaves an instant as it is. */
  public static boolean isExact(long seconds) {
    return fits(seconds, 0);
  }

  /** The instant, without the offset. */
  public Instant instant() {
    return Instant.ofEpochSecond(seconds, nanos);
  }

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException if it is none in the form of RFC 3339. Digits of the fraction
   *     beyond the ninth are dropped
   */
  public static Timestamp parse(byte[] text, int from, int to) {
    return TimestampText.parse(text, from, to);
  }

  /**
   * Writes the text, which has up to {@link #LONGEST} bytes.
   *
   * @return how many it has
   */
  public int write(byte[] target, int offset) {
    return TimestampText.write(this, target, offset);
  }

  /** As in JSON, without quotes: {@code 2014-12-22T14:47:59.912418701+01:00}. */
  @Override
  public String toString() {
    return TimestampText.write(this);
  }
}
