package io.holdfast.engine.repository;

/**
 * How much of what is stored may be of no use to any backup before a prune moves what is useful
 * together. Moving costs reading and writing; what may stay costs space.
 *
 * @param percent of all that is stored then, 0 to 100; 100 is no limit, and then nothing is moved
 */
public record UnusedLimit(double percent) {
  /** As restic has it. */
  public static final UnusedLimit DEFAULT = new UnusedLimit(5);

  /** Nothing is ever moved. */
  public static final UnusedLimit UNLIMITED = new UnusedLimit(100);

  public UnusedLimit {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("not 0 to 100 percent: " + percent);
    }
  }

  public boolean isUnlimited() {
    return percent == UNLIMITED.percent();
  }

  /** Whether so many bytes of so many are too many. */
  public boolean isExceeded(long unused, long total) {
    return !isUnlimited() && unused > total * (percent / 100);
  }
}
