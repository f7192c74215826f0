package io.holdfast.server.target;

import java.util.regex.Pattern;

/** What a target can be called: its name is that of its directory. */
public final class TargetName {
  /** The rule in words, for messages. */
  public static final String IN_WORDS =
      "1 to 63 letters, digits, dots, underscores and dashes, of which the first is a letter or digit";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private TargetName() {}

  /** Whether a target can have this name; no path leads out of a directory by one that can. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }
}
