package io.holdfast.engine.repository;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of the data to read.
 *
 * @param fraction above 0, up to 1
 */
public record DataPart(double fraction) {
  public static final DataPart ALL = new DataPart(1);

  private static final Pattern RATIO = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)%");

  public DataPart {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("not a part: " + fraction);
    }
  }

  /**
   * Reads {@code 1/7} or {@code 10%}.
   *
   * @throws IllegalArgumentException if it is neither, or nothing, or more than all
   */
  public static DataPart parse(String text) {
    Matcher ratio = RATIO.matcher(text);
    if (ratio.matches()) {
      return within(
          text, (double) Integer.parseInt(ratio.group(1)) / Integer.parseInt(ratio.group(2)));
    }
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      return within(text, Double.parseDouble(percent.group(1)) / 100);
    }
    throw new IllegalArgumentException(text + ": neither a ratio like 1/7 nor a percentage");
  }

  private static DataPart within(String text, double fraction) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          text + ": a part is more than nothing, and at most all: 1/1, or 100%");
    }
    return new DataPart(fraction);
  }

  public boolean isAll() {
    return fraction == 1;
  }
}
