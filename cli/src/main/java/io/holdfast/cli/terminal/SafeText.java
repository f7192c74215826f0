package io.holdfast.cli.terminal;

/**
 * Text from file names, manifests and messages, made safe for a terminal: it can neither move the
 * cursor nor turn the direction of writing nor hide.
 */
public final class SafeText {
  private SafeText() {}

  /** One line: every character that is not shown as itself becomes {@code \\u{…}}. */
  public static String line(String text) {
    if (text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      return text;
    }
    var safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          if (isShown(c)) {
            safe.appendCodePoint(c);
          } else {
            safe.append(String.format("\\u{%x}", c));
          }
        });
    return safe.toString();
  }

  /** The same for text of several lines, which stay. */
  public static String lines(String text) {
    return String.join("\n", text.lines().map(SafeText::line).toList());
  }

  /**
   * The same for a JSON document, which stays the same document: what is not shown as itself can
   * only stand in a string, where it may be written as {@code \\uXXXX}.
   */
  public static String json(String document) {
    if (document.codePoints().allMatch(SafeText::isShown)) {
      return document;
    }
    var safe = new StringBuilder(document.length() + 16);
    document
        .codePoints()
        .forEach(c -> {
          if (isShown(c)) {
            safe.appendCodePoint(c);
          } else {
            for (char unit : Character.toChars(c)) {
              safe.append(String.format("\\u%04x", (int) unit));
            }
          }
        });
    return safe.toString();
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
