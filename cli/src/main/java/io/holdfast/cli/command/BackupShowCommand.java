package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.BackupShowJson;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.server.document.Documents;
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
    try (Opened opened = Opened.of(session, repository.path())) {
      try (var watch = new RunWatch(session)) {
        opened.recovered(watch.monitor());
      }
      Manifest manifest = opened.engine().show(opened.engine().resolve(id));
      session.answer(
          new BackupShowJson(BackupShowJson.SCHEMA, Documents.backup(manifest)),
          () -> BackupText.show(session, manifest));
      return ExitCode.OK;
    }
  }
}
