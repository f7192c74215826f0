package io.holdfast.engine.file;

import java.time.Instant;

/**
 * A time stamp of a file, exact to the nanosecond.
 *
 * @param seconds since 1970-01-01T00:00:00Z; may be negative
 * @param nanos 0 to 999,999,999, counted forward from {@code seconds}
 */
public record FileTime(long seconds, int nanos) implements Comparable<FileTime> {
  public FileTime {
    if (nanos < 0 || nanos > 999_999_999) {
      throw new IllegalArgumentException("nanoseconds out of range: " + nanos);
    }
  }

  public static FileTime of(Instant instant) {
    return new FileTime(instant.getEpochSecond(), instant.getNano());
  }

  @Override
  public int compareTo(FileTime other) {
    int bySeconds = Long.compare(seconds, other.seconds);
    return bySeconds != 0 ? bySeconds : Integer.compare(nanos, other.nanos);
  }
}
