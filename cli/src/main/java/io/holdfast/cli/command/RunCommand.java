package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.ServerFault;
import io.holdfast.cli.json.RunShowJson;
import io.holdfast.cli.json.RunsJson;
import io.holdfast.cli.remote.RemoteServer;
import io.holdfast.cli.target.ServerException;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.RunJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}. */
@Command(
    name = "run",
    description = "Look at the runs of a server, watch or cancel one.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.ListAll.class,
      RunCommand.Show.class,
      RunCommand.Watch.class,
      RunCommand.Cancel.class
    })
final class RunCommand extends GroupCommand {

  /** {@code run list}. */
  @Command(
      name = "list",
      description = "List backups and restores, past and present, newest first.")
  static final class ListAll extends Operation {
    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "At most so many (20 by default); 0 for all.")
    private int limit;

    @Override
    ExitCode run(Session session) {
      if (limit < 0) {
        throw new HoldfastException(
            ErrorCode.USAGE, "--limit must not be negative: " + limit, "Use 0 for all.");
      }
      try (RemoteServer server = Targets.server(session)) {
        List<RunJson> runs = server.runs(limit);
        session.answer(new RunsJson(RunsJson.SCHEMA, runs), () -> RunText.list(session, runs));
        return ExitCode.OK;
      }
    }
  }

  /** {@code run show}. */
  @Command(name = "show", description = "Show a run and what came of it.")
  static final class Show extends Operation {
    @Parameters(paramLabel = "ID", description = "A run id.")
    private String id;

    @Override
    ExitCode run(Session session) {
      try (RemoteServer server = Targets.server(session)) {
        RunJson run = server.run(id);
        session.answer(new RunShowJson(RunShowJson.SCHEMA, run), () -> RunText.show(session, run));
        return ExitCode.OK;
      }
    }
  }

  /** {@code run watch}. */
  @Command(
      name = "watch",
      description =
          "Show the progress of a run until it has ended, with the exit code of what it did."
              + " Ctrl-C ends the watching and not the run.")
  static final class Watch extends Operation {
    @Parameters(
        paramLabel = "ID",
        arity = "0..1",
        description = "A run id; without it, the run that is under way.")
    private @Nullable String id;

    @Override
    ExitCode run(Session session) throws Exception {
      try (RemoteServer server = Targets.server(session)) {
        String watched = id == null ? current(server) : id;
        RunJson run;
        try (var watch = RunWatch.ofOthers(session)) {
          run = server.watch(watched, watch);
        }
        session.confirm(new RunShowJson(RunShowJson.SCHEMA, run), () -> RunText.show(session, run));
        return RunEnding.of(session, run);
      }
    }

    private static String current(RemoteServer server) {
      RunJson current = server.status().current();
      if (current == null) {
        throw new ServerException(
            ServerFault.RECORD_NOT_FOUND,
            "no run is under way",
            "'holdfast run list' shows those that were.");
      }
      return current.runId();
    }
  }

  /** {@code run cancel}. */
  @Command(
      name = "cancel",
      description =
          "Ask a run to end: a backup then publishes nothing, a restore puts everything back.")
  static final class Cancel extends Operation {
    @Parameters(paramLabel = "ID", description = "A run id.")
    private String id;

    @Override
    ExitCode run(Session session) {
      try (RemoteServer server = Targets.server(session)) {
        RunJson run = server.cancel(id);
        String name = SafeText.line(run.runId());
        session.confirm(
            new RunShowJson(RunShowJson.SCHEMA, run),
            () ->
                session.line(
                    "asked run "
                        + name
                        + " to end; 'holdfast run watch "
                        + name
                        + "' waits for it"));
        return ExitCode.OK;
      }
    }
  }
}
