package io.holdfast.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Sizes, lengths of time and ages as people read them. */
public final class Formats {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Formats() {}

  /** Bytes in binary units with three digits: {@code 512 B}, {@code 1.50 GiB}; -1 is unknown. */
  public static String size(long bytes) {
    if (bytes < 0) {
      return "-";
    }
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes / 1024.0;
    int unit = 0;
    // What would be rounded to four digits goes to the next unit.
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    String form = value < 9.995 ? "%.2f %s" : value < 99.95 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, form, value, UNITS[unit]);
  }

  /**
   * A length of time in its two largest units: {@code 850 ms}, {@code 3.2 s}, {@code 2 h 5 min}.
   */
  public static String duration(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 59_950) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long seconds = (millis + 500) / 1000;
    if (seconds < 3600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    long minutes = (seconds + 30) / 60;
    if (minutes < 1440) {
      return two(minutes / 60, "h", minutes % 60, "min");
    }
    long hours = (minutes + 30) / 60;
    return two(hours / 24, "d", hours % 24, "h");
  }

  /** How long ago an instant was, in one unit: {@code 5 min ago}. */
  public static String age(Instant instant, Instant now) {
    long seconds = Duration.between(instant, now).toSeconds();
    if (seconds < 0) {
      return "in the future";
    }
    if (seconds < 60) {
      return seconds + " s ago";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min ago";
    }
    if (seconds < 48 * 3600) {
      return seconds / 3600 + " h ago";
    }
    return seconds / 86_400 + " d ago";
  }

  /** A count with its noun: {@code 1 file}, {@code 2 files}. */
  public static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** How a run ended, as the end of a sentence: {@code run 1 timed out}. */
  public static String ended(String status) {
    return status.equals("timeout") ? "timed out" : status;
  }
}
