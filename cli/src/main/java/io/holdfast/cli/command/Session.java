package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.Interruption;
import io.holdfast.cli.terminal.ErrorText;
import io.holdfast.cli.terminal.Style;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.cli.terminal.Table;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.JsonText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One use of the program: its surroundings, its options, and how it speaks. */
public final class Session {
  /**
   * Options that every command has.
   *
   * @param config the configuration, if one was named
   */
  public record Options(
      Optional<String> config, boolean json, boolean quiet, boolean verbose, boolean noColour) {}

  private final Surroundings surroundings;
  private final Interruption interruption;
  private final Options options;

  Session(Surroundings surroundings, Interruption interruption, Options options) {
    this.surroundings = surroundings;
    this.interruption = interruption;
    this.options = options;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Interruption interruption() {
    return interruption;
  }

  Options options() {
    return options;
  }

  Instant now() {
    return surroundings.clock().instant();
  }

  /** Style of results. */
  Style style() {
    return surroundings.outStyle(options.noColour());
  }

  /** Prints a document, if documents were asked for; else lets the text be printed. */
  void answer(Object document, Runnable text) {
    if (options.json()) {
      surroundings.out().println(JsonText.of(document));
    } else {
      text.run();
    }
  }

  /** The same, for a text that only says that all went well: with {@code --quiet} there is none. */
  void confirm(Object document, Runnable text) {
    answer(document, options.quiet() ? () -> {} : text);
  }

  /** A line of a result. */
  void line(String line) {
    surroundings.out().println(line);
  }

  /** A table of a result, its headings set off. */
  void table(Table table) {
    List<String> lines = table.lines();
    line(style().bold(lines.getFirst()));
    lines.stream().skip(1).forEach(this::line);
  }

  /** Something that people should know and scripts find in the document. */
  void warn(String message) {
    if (!options.json() && !options.quiet()) {
      surroundings
          .err()
          .print(ErrorText.warning(message, surroundings.errStyle(options.noColour())));
      surroundings.err().flush();
    }
  }

  /** Tells an error, and where it leads. */
  public ExitCode fail(HoldfastException error) {
    ExitCode exit = ExitCode.of(error.code());
    PrintWriter err = surroundings.err();
    if (options.json()) {
      err.println(JsonText.of(Documents.error(error, exit.number())));
    } else {
      err.print(ErrorText.of(error, surroundings.errStyle(options.noColour()), options.verbose()));
      if (options.verbose()) {
        var trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        err.print(trace);
      }
    }
    return exit;
  }
}
