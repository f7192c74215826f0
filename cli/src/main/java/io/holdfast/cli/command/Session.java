package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.Interruption;
import io.holdfast.cli.remote.ServerChoice;
import io.holdfast.cli.target.ServerException;
import io.holdfast.cli.terminal.ErrorText;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Style;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.cli.terminal.Table;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.ErrorJson;
import io.holdfast.server.document.JsonText;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One use of the program: its surroundings, its options, and how it speaks. */
public final class Session {
  /**
   * Options that every command has.
   *
   * @param config the configuration, if one was named
   * @param server what was said of a server
   */
  public record Options(
      Optional<String> config,
      ServerChoice server,
      boolean json,
      boolean quiet,
      boolean verbose,
      boolean noColour) {}

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
      surroundings.out().println(SafeText.json(JsonText.of(document)));
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

  /** Something beside the result, for people. */
  void note(String line) {
    if (!options.json() && !options.quiet()) {
      surroundings.err().println(line);
      surroundings.err().flush();
    }
  }

  /** Tells an error, and where it leads. */
  public ExitCode fail(HoldfastException error) {
    ExitCode exit = ExitCode.of(error.code());
    Style style = surroundings.errStyle(options.noColour());
    tell(
        Documents.error(error, exit.number()),
        ErrorText.of(error, style, options.verbose()),
        error);
    return exit;
  }

  /** The same for what went wrong with a server. */
  public ExitCode fail(ServerException error) {
    ExitCode exit = ExitCode.of(error.fault());
    Style style = surroundings.errStyle(options.noColour());
    var document =
        new ErrorJson(
            ErrorJson.SCHEMA,
            error.fault().name(),
            error.message(),
            error.guidance().isEmpty() ? null : error.guidance(),
            error.isRetryable(),
            exit.number(),
            Map.of(),
            null);
    tell(document, ErrorText.of(error, style, options.verbose()), error);
    return exit;
  }

  private void tell(ErrorJson document, String text, Exception error) {
    PrintWriter err = surroundings.err();
    if (options.json()) {
      err.println(SafeText.json(JsonText.of(document)));
    } else {
      err.print(text);
      if (options.verbose()) {
        err.print(ErrorText.trace(error));
      }
    }
  }
}
