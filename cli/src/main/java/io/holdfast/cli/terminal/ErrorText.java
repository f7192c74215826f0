package io.holdfast.cli.terminal;

import io.holdfast.engine.error.HoldfastException;

/** The one place where errors become text for a terminal. */
public final class ErrorText {
  private ErrorText() {}

  /**
   * What happened, and indented below it what to do next.
   *
   * @param style of standard error
   * @param verbose whether to add the code and what is concerned, by name
   */
  public static String of(HoldfastException error, Style style, boolean verbose) {
    var text =
        new StringBuilder(style.bad("error:"))
            .append(' ')
            .append(SafeText.lines(error.message()))
            .append('\n');
    if (!error.guidance().isEmpty()) {
      error
          .guidance()
          .lines()
          .forEach(
              line -> text.append(line.isEmpty() ? "" : "  " + SafeText.line(line)).append('\n'));
    }
    if (verbose) {
      text.append("  code: ").append(error.code()).append('\n');
      error
          .context()
          .forEach((key, value) ->
              text.append("  ").append(key).append(": ").append(SafeText.line(value)).append('\n'));
    }
    return text.toString();
  }

  /** Something that did not make the operation fail. */
  public static String warning(String message, Style style) {
    return style.warning("warning:") + " " + SafeText.lines(message) + "\n";
  }
}
