package io.holdfast.cli;

import io.holdfast.cli.command.Commands;
import io.holdfast.cli.command.RootCommand;
import io.holdfast.cli.target.ServerException;
import io.holdfast.cli.terminal.ErrorText;
import io.holdfast.cli.terminal.Style;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.backup.Failures;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.JsonText;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line: the one place where what was thrown becomes words and an exit code. */
public final class Program {
  private static final Predicate<String> PASSWORD =
      Pattern.compile("(?i)-{1,2}pass.*").asMatchPredicate();

  private Program() {}

  /**
   * Runs a command line.
   *
   * @return the exit code
   */
  public static int run(Surroundings surroundings, Interruption interruption, String... args) {
    try {
      return commandLine(surroundings, interruption, Commands.named(args), args)
          // What is wrong is told by one who knows all commands, and so what is meant.
          .setParameterExceptionHandler(
              (wrong, given) -> commandLine(surroundings, interruption, args).execute(given))
          .execute(args);
    } finally {
      surroundings.out().flush();
      surroundings.err().flush();
    }
  }

  /** All commands, ready to run; also the model from which the reference is written. */
  public static CommandLine commandLine(
      Surroundings surroundings, Interruption interruption, String... args) {
    return commandLine(surroundings, interruption, Commands.ALL, args);
  }

  private static CommandLine commandLine(
      Surroundings surroundings, Interruption interruption, Commands commands, String[] args) {
    boolean noColour = Arrays.asList(args).contains("--no-color");
    boolean coloured = surroundings.outStyle(noColour) == Style.COLOURED;
    var root = new RootCommand(surroundings, interruption);
    return commands
        .below(new CommandLine(root))
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(coloured ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, given) -> usage(wrong, given, surroundings))
        .setExecutionExceptionHandler((thrown, commandLine, parsed) ->
            (thrown instanceof ServerException server
                    ? root.session().fail(server)
                    : root.session().fail(Failures.of("holdfast", thrown)))
                .number());
  }

  private static int usage(ParameterException wrong, String[] args, Surroundings surroundings) {
    List<String> given = Arrays.asList(args);
    HoldfastException error = usageError(wrong);
    int exit = ExitCode.of(error.code()).number();
    if (given.contains("--json")) {
      surroundings.err().println(JsonText.of(Documents.error(error, exit)));
    } else {
      Style style = surroundings.errStyle(given.contains("--no-color"));
      surroundings.err().print(ErrorText.of(error, style, false));
    }
    return exit;
  }

  private static HoldfastException usageError(ParameterException wrong) {
    if (wrong.getCause() instanceof HoldfastException known) {
      return known;
    }
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    if (wrong instanceof UnmatchedArgumentException unmatched
        && (command.contains(" key ") || unmatched.getUnmatched().stream().anyMatch(PASSWORD))) {
      // What is repeated here ends in logs and in the mail of a cron job.
      return new HoldfastException(
          ErrorCode.USAGE,
          "a password does not belong on the command line",
          "Put it into a file: `password_file` of the configuration, or HOLDFAST_PASSWORD_FILE, says"
              + " which; '"
              + command
              + " --help' shows what is possible. Choose another password if this was one: shells"
              + " and lists of processes have seen it.");
    }
    List<String> alike =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String meant = alike.isEmpty() ? "" : "Did you mean: " + String.join(", ", alike) + "?\n";
    return new HoldfastException(
        ErrorCode.USAGE,
        String.valueOf(wrong.getMessage()),
        meant + "'" + command + " --help' shows what is possible.",
        wrong);
  }
}
