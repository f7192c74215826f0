package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.BackupDeleteJson;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.terminal.Consent;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.server.document.BackupSummaryJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup delete}. */
@Command(name = "delete", description = "Delete a backup, or the record of a failed run.")
final class BackupDeleteCommand extends Operation {
  @Parameters(paramLabel = "ID", description = "A run id, a backup id, or 'latest'.")
  private String id;

  @Option(names = "--confirm", description = "Consent; without it, a terminal is asked.")
  private boolean confirm;

  @Override
  ExitCode run(Session session) throws Exception {
    try (Target target = Targets.configured(session)) {
      try (var watch = new RunWatch(session)) {
        target.recover(watch);
      }
      String run = target.resolve(id, List.of());
      Consent.require(
          session.surroundings(),
          confirm,
          !session.options().json(),
          confirm ? "" : plan(target, run, session),
          "delete");
      target.delete(run);
      session.confirm(
          new BackupDeleteJson(BackupDeleteJson.SCHEMA, run),
          () -> session.line("deleted " + SafeText.line(run)));
      return ExitCode.OK;
    }
  }

  private static String plan(Target target, String run, Session session) {
    String what =
        target
            .find(run)
            .map(backup -> describe(backup, session))
            .orElse("the record of a failed run");
    return SafeText.line("This deletes " + run + ": " + what + ". It cannot be brought back.")
        + "\n";
  }

  private static String describe(BackupSummaryJson backup, Session session) {
    return ListText.isReadable(backup)
        ? "a "
            + backup.status()
            + " backup ("
            + ListText.trigger(backup)
            + ", "
            + ListText.age(backup, session.now())
            + ")"
        : "a damaged backup";
  }
}
