package io.holdfast.engine.configuration;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: a whole number and a unit, {@code 90s}. */
public final class DurationText {
  /** What is allowed, in words. */
  public static final String IN_WORDS =
      "a whole number from 1 and a unit (ms, s, m, h, d), such as 30s, 10m, 6h, 2d; at most 3650d";

  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");

  private DurationText() {}

  /** The length of time, positive; empty if the text is none. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return duration.isPositive() && duration.compareTo(LONGEST) <= 0
        ? Optional.of(duration)
        : Optional.empty();
  }
}
