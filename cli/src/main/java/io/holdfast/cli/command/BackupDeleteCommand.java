package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.BackupDeleteJson;
import io.holdfast.cli.terminal.Consent;
import io.holdfast.engine.Engine;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.run.RunId;
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
    try (Opened opened = Opened.configured(session)) {
      try (var watch = new RunWatch(session)) {
        opened.recovered(watch.monitor());
      }
      RunId run = opened.engine().resolve(id);
      Consent.require(
          session.surroundings(),
          confirm,
          !session.options().json(),
          plan(opened, run, session),
          "delete");
      opened.engine().delete(run);
      session.confirm(
          new BackupDeleteJson(BackupDeleteJson.SCHEMA, run.value()),
          () -> session.line("deleted " + run));
      return ExitCode.OK;
    }
  }

  private static String plan(Opened opened, RunId run, Session session) {
    Engine engine = opened.engine();
    String what =
        engine.list().stream()
            .filter(entry -> entry.runId().equals(run))
            .findFirst()
            .map(entry -> describe(entry, session))
            .orElse("the record of a failed run");
    return "This deletes " + run + ": " + what + ". It cannot be brought back.\n";
  }

  private static String describe(BackupEntry entry, Session session) {
    return switch (entry) {
      case BackupEntry.Readable(var manifest, long stored) ->
          "a "
              + manifest.status().word()
              + " backup ("
              + BackupText.trigger(manifest)
              + ", "
              + BackupText.age(manifest, session.now())
              + ")";
      case BackupEntry.Corrupt corrupt -> "a damaged backup";
    };
  }
}
