package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.BackupShowJson;
import io.holdfast.cli.json.SnapshotJson;
import io.holdfast.cli.json.SnapshotShowJson;
import io.holdfast.cli.target.Target;
import io.holdfast.server.document.BackupJson;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code backup show}. */
@Command(name = "show", description = "Show what a backup holds: its manifest.")
final class BackupShowCommand extends Operation {
  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "A run id, a backup id, or 'latest' (the default).",
      defaultValue = "latest")
  private String id;

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    try (Target target = Targets.of(session, repository.path())) {
      try (var watch = new RunWatch(session)) {
        target.recover(watch);
      }
      Optional<SnapshotJson> snapshot = target.foreign().find(id);
      if (snapshot.isPresent()) {
        session.answer(
            new SnapshotShowJson(SnapshotShowJson.SCHEMA, snapshot.get()),
            () -> SnapshotText.show(session, snapshot.get()));
        return ExitCode.OK;
      }
      BackupJson backup = target.show(target.resolve(id, List.of()));
      session.answer(
          new BackupShowJson(BackupShowJson.SCHEMA, backup),
          () -> BackupText.show(session, backup));
      return ExitCode.OK;
    }
  }
}
