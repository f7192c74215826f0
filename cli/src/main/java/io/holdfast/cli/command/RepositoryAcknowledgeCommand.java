package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.RepositoryAcknowledgeJson;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.RunId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code repository acknowledge}. */
@Command(
    name = "acknowledge",
    description = {
      "Take it for right that signed backups are gone which another program, or somebody, removed.",
      "Where the signing key is; from the next backup on, no check looks for them any more."
    })
final class RepositoryAcknowledgeCommand extends Operation {
  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "Run ids, as 'repository check' tells them.")
  private List<String> runs = List.of();

  @Override
  ExitCode run(Session session) throws Exception {
    List<RunId> wanted = runs.stream().distinct().map(RepositoryAcknowledgeCommand::named).toList();
    try (Opened opened = Targets.here(session)) {
      opened.engine().upkeep().acknowledge(wanted);
      String location = opened.installation().repository().location();
      session.confirm(
          new RepositoryAcknowledgeJson(
              RepositoryAcknowledgeJson.SCHEMA,
              location,
              wanted.stream().map(RunId::value).toList()),
          () ->
              session.line(
                  SafeText.line(location)
                      + ": "
                      + Formats.count(wanted.size(), "removal")
                      + " acknowledged; the next backup signs it"));
      return ExitCode.OK;
    }
  }

  private static RunId named(String text) {
    if (!RunId.isRunId(text)) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "'" + SafeText.line(text) + "' is no run id",
          "'holdfast repository check' tells those of backups that are gone.");
    }
    return new RunId(text);
  }
}
