package io.holdfast.engine.component;

import java.util.regex.Pattern;

/**
 * The name of a component: lowercase letters, digits, dashes and underscores, 1 to 63, beginning
 * with a letter or digit.
 *
 * @param value the text, always of that form
 */
public record ComponentName(String value) implements Comparable<ComponentName> {
  /** The form in words, for messages. */
  public static final String FORM_IN_WORDS =
      "lowercase letters, digits, '-' and '_', at most 63, beginning with a letter or digit";

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  public ComponentName {
    if (!isComponentName(value)) {
      throw new IllegalArgumentException("not a component name (" + FORM_IN_WORDS + "): " + value);
    }
  }

  /** Whether a text has the form of a component name. */
  public static boolean isComponentName(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(ComponentName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
