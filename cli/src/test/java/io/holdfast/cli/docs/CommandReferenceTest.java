package io.holdfast.cli.docs;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Golden;
import io.holdfast.cli.Interruption;
import io.holdfast.cli.Program;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference of the commands is written from the commands. */
class CommandReferenceTest {
  private static final Path PAGE = Path.of("../docs/cli.md");
  private static final String MARK = "<!-- From here on written by CommandReferenceTest. -->\n";

  @Test
  void theReferenceSaysWhatTheCommandsAre() throws IOException {
    String page = Files.readString(PAGE);
    String head = page.substring(0, page.indexOf(MARK) + MARK.length());
    var text = new StringBuilder(head);
    CommandLine root =
        Program.commandLine(
            new Cli(Path.of("/")).surroundings(new StringWriter(), new StringWriter()),
            new Interruption());
    globalOptions(root.getCommandSpec(), text);
    commands(root, text);

    Golden.check(PAGE, text.toString());
  }

  private static void globalOptions(CommandSpec root, StringBuilder text) {
    text.append("\n## Options of every command\n\n| option | meaning |\n| --- | --- |\n");
    root.options().forEach(option -> row(names(option), option.description(), text));
  }

  private static void commands(CommandLine parent, StringBuilder text) {
    for (CommandLine command : parent.getSubcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      if (spec.name().equals("help")) {
        continue;
      }
      text.append("\n## ").append(spec.qualifiedName()).append("\n\n");
      text.append(sentences(spec.usageMessage().description())).append("\n\n");
      text.append("```text\n").append(synopsis(spec)).append("\n```\n");
      boolean any =
          !spec.positionalParameters().isEmpty()
              || spec.options().stream()
                  .anyMatch(option -> !option.inherited() && !isStandard(option));
      if (any) {
        text.append("\n| | meaning |\n| --- | --- |\n");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
          row("`" + parameter.paramLabel() + "`", parameter.description(), text);
        }
        spec.options().stream()
            .filter(option -> !option.inherited() && !isStandard(option))
            .forEach(option -> row(names(option), option.description(), text));
      }
      commands(command, text);
    }
  }

  private static String synopsis(CommandSpec spec) {
    var synopsis = new StringBuilder(spec.qualifiedName());
    spec.options().stream()
        .filter(option -> !option.inherited() && !isStandard(option))
        .forEach(option ->
            synopsis
                .append(option.required() ? " " : " [")
                .append(option.longestName())
                .append(option.arity().max() == 0 ? "" : " " + option.paramLabel())
                .append(option.required() ? "" : option.isMultiValue() ? "]…" : "]"));
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      boolean optional = parameter.arity().min() == 0;
      synopsis
          .append(optional ? " [" : " ")
          .append(parameter.paramLabel())
          .append(optional ? "]" : "");
    }
    if (!spec.subcommands().isEmpty()) {
      boolean runs = Runnable.class.isAssignableFrom(spec.userObject().getClass());
      synopsis.append(runs ? " COMMAND" : " [COMMAND]");
    }
    return synopsis.toString();
  }

  private static boolean isStandard(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  private static String names(OptionSpec option) {
    String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return String.join(
        ", ", Arrays.stream(option.names()).map(name -> "`" + name + label + "`").toList());
  }

  private static void row(String name, String[] description, StringBuilder text) {
    text.append("| ")
        .append(name.replace("|", "\\|"))
        .append(" | ")
        .append(sentences(description))
        .append(" |\n");
  }

  private static String sentences(String[] description) {
    return String.join(" ", description).formatted();
  }
}
