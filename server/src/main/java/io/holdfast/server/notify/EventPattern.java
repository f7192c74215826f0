package io.holdfast.server.notify;

import io.holdfast.server.event.EventName;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Which events somebody wants to hear of: a name, in which {@code *} stands for any characters,
 * such as {@code backup.restore.*} or {@code *.failed}.
 *
 * @param text lowercase letters, digits, {@code .}, {@code _} and {@code *}; matches at least one
 *     event that is delivered
 */
public record EventPattern(String text) {
  /** What is allowed, in words. */
  public static final String IN_WORDS =
      "the name of an event that is delivered, such as backup.backup.failed, or a pattern that"
          + " matches some, such as *.failed, backup.restore.* or *";

  private static final Pattern FORM = Pattern.compile("[a-z0-9._*]{1,64}");

  /**
   * @throws IllegalArgumentException if the text is no pattern, or if no such event is delivered
   */
  public EventPattern {
    String checked = text;
    if (!FORM.matcher(text).matches()
        || Arrays.stream(EventName.values())
            .filter(EventName::isDelivered)
            .noneMatch(event -> matches(checked, event))) {
      throw new IllegalArgumentException("not a pattern of events; allowed: " + IN_WORDS);
    }
  }

  public boolean matches(EventName event) {
    return matches(text, event);
  }

  private static boolean matches(String pattern, EventName event) {
    String expression = pattern.replace(".", "\\.").replaceAll("\\*+", ".*");
    return Pattern.matches(expression, event.text());
  }
}
