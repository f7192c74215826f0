package io.holdfast.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/**
 * Commands below the root, to be made. Only those that a command line names need be: to make them
 * all takes longer than many a command does, and is felt at every start. Immutable.
 */
public final class Commands {
  /** All that there are. */
  public static final Commands ALL =
      new Commands(
          List.of(
              new Entry("backup", BackupCommand::new),
              new Entry("restore", RestoreCommand::new),
              new Entry("repository", RepositoryCommand::new),
              new Entry("component", ComponentCommand::new),
              new Entry("run", RunCommand::new),
              new Entry("status", StatusCommand::new),
              new Entry("settings", SettingsCommand::new),
              new Entry("token", TokenCommand::new),
              new Entry("serve", ServeCommand::new),
              new Entry("doctor", DoctorCommand::new),
              new Entry("demo", DemoCommand::new),
              new Entry("completion", CompletionCommand::new),
              new Entry("help", HelpCommand::new)));

  /** Words that are about all commands. */
  private static final Set<String> ABOUT_ALL = Set.of("help", "completion");

  private final List<Entry> entries;

  private record Entry(String name, Supplier<Object> command) {}

  private Commands(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Those whose names stand on a command line, in whatever place; all if none does. */
  public static Commands named(String... args) {
    Set<String> words = Arrays.stream(args).collect(Collectors.toSet());
    List<Entry> named = ALL.entries.stream().filter(e -> words.contains(e.name())).toList();
    boolean enough = !named.isEmpty() && words.stream().noneMatch(ABOUT_ALL::contains);
    return enough ? new Commands(named) : ALL;
  }

  /** Makes them, below a root. */
  public CommandLine below(CommandLine root) {
    entries.forEach(entry -> root.addSubcommand(entry.name(), entry.command().get()));
    return root;
  }
}
