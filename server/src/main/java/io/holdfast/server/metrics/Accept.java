package io.holdfast.server.metrics;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of the two formats a reader wants more. */
final class Accept {
  private static final Pattern WEIGHT = Pattern.compile("q\\s*=\\s*([01](\\.[0-9]{0,3})?)");

  private Accept() {}

  /** Only where OpenMetrics is named; whoever takes anything gets the older format. */
  static boolean prefersOpenMetrics(String header) {
    double openMetrics = 0;
    double text = 0;
    for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      switch (parts[0].strip()) {
        case "application/openmetrics-text" -> openMetrics = Math.max(openMetrics, weight(parts));
        case "text/plain" -> text = Math.max(text, weight(parts));
        default -> {}
      }
    }
    return openMetrics > text;
  }

  private static double weight(String[] parts) {
    for (String part : parts) {
      Matcher weight = WEIGHT.matcher(part.strip());
      if (weight.matches()) {
        return Double.parseDouble(weight.group(1));
      }
    }
    return 1;
  }
}
