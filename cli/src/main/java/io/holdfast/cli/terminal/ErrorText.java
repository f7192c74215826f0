package io.holdfast.cli.terminal;

import io.holdfast.cli.target.ServerException;
import io.holdfast.engine.error.HoldfastException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

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
    String text = of(error.message(), error.guidance(), style);
    return verbose ? text + details(error.code().name(), error.context()) : text;
  }

  /** The same for what went wrong with a server. */
  public static String of(ServerException error, Style style, boolean verbose) {
    String text = of(error.message(), error.guidance(), style);
    return verbose ? text + details(error.fault().name(), Map.of()) : text;
  }

  private static String of(String message, String guidance, Style style) {
    var text =
        new StringBuilder(style.bad("error:"))
            .append(' ')
            .append(SafeText.lines(message))
            .append('\n');
    guidance
        .lines()
        .forEach(
            line -> text.append(line.isEmpty() ? "" : "  " + SafeText.line(line)).append('\n'));
    return text.toString();
  }

  private static String details(String code, Map<String, String> context) {
    var text = new StringBuilder("  code: ").append(code).append('\n');
    context.forEach((key, value) ->
        text.append("  ").append(key).append(": ").append(SafeText.line(value)).append('\n'));
    return text.toString();
  }

  /** Where it was thrown, for whoever mends the program. */
  public static String trace(Throwable error) {
    var trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    var text = new StringBuilder();
    trace
        .toString()
        .lines()
        .forEach(line -> {
          String indent = line.startsWith("\t") ? "\t" : "";
          text.append(indent).append(SafeText.line(line.substring(indent.length()))).append('\n');
        });
    return text.toString();
  }

  /** Something that did not make the operation fail. */
  public static String warning(String message, Style style) {
    return style.warning("warning:") + " " + SafeText.lines(message) + "\n";
  }
}
