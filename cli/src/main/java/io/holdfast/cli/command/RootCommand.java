package io.holdfast.cli.command;

import io.holdfast.cli.Interruption;
import io.holdfast.cli.Version;
import io.holdfast.cli.terminal.Surroundings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code holdfast}, and the options that every command has. {@link Commands} are below it. */
@Command(
    name = "holdfast",
    description = "Backs up and restores the durable state of a platform.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = RootCommand.ProgramVersion.class,
    usageHelpAutoWidth = false,
    sortOptions = false)
public final class RootCommand implements Runnable {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "The configuration. Without it: $$HOLDFAST_CONFIG, ./holdfast.yaml,"
              + " ~/.config/holdfast/holdfast.yaml, /etc/holdfast/holdfast.yaml.")
  private @Nullable String config;

  @Mixin private ServerOptions server;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON document, and errors as JSON on standard error.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print neither progress nor notes nor summaries; errors only.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Print more: phases, error codes, stack traces.")
  private boolean verbose;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "No colours, as with the variable NO_COLOR; there are none but on a terminal.")
  private boolean noColour;

  @Spec private CommandSpec spec;

  private final Surroundings surroundings;
  private final Interruption interruption;

  public RootCommand(Surroundings surroundings, Interruption interruption) {
    this.surroundings = surroundings;
    this.interruption = interruption;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What the commands work with, once the command line was read. */
  public Session session() {
    var options =
        new Session.Options(
            Optional.ofNullable(config), server.choice(), json, quiet, verbose, noColour);
    return new Session(surroundings, interruption, options);
  }

  /** What {@code --version} prints. */
  static final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"holdfast " + Version.text()};
    }
  }
}
