package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.BackupListJson;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.Table;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.document.Documents;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backup list}. */
@Command(name = "list", description = "List backups, newest first.")
final class BackupListCommand extends Operation {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many; 0 (the default) for all.")
  private int limit;

  @Option(
      names = "--failed",
      description = "Instead, runs that published nothing: failed, cancelled, timed out.")
  private boolean failed;

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    if (limit < 0) {
      throw new HoldfastException(
          ErrorCode.USAGE, "--limit must not be negative: " + limit, "Use 0 for all.");
    }
    try (Opened opened = Opened.of(session, repository.path())) {
      try (var watch = new RunWatch(session)) {
        opened.recovered(watch.monitor());
      }
      List<BackupEntry> entries = failed ? opened.engine().listFailed() : opened.engine().list();
      List<BackupEntry> shown = limit == 0 ? entries : entries.stream().limit(limit).toList();
      String location = opened.installation().repository().location();
      var document =
          new BackupListJson(
              BackupListJson.SCHEMA, location, shown.stream().map(Documents::summary).toList());
      session.answer(document, () -> tell(session, location, shown, entries.size()));
      return ExitCode.OK;
    }
  }

  private void tell(Session session, String location, List<BackupEntry> shown, int all) {
    if (shown.isEmpty()) {
      session.line(failed ? "No failed runs in " + location : "No backups in " + location);
      return;
    }
    var table =
        new Table(
            "RUN",
            "BACKUP",
            "STATUS",
            "TRIGGER",
            "AGE",
            ">SIZE",
            ">STORED",
            failed ? "WHY" : "COMPONENTS");
    for (BackupEntry entry : shown) {
      switch (entry) {
        case BackupEntry.Readable(var manifest, long stored) ->
            table.row(
                manifest.runId().value(),
                manifest.backupId().value(),
                manifest.status().word(),
                BackupText.trigger(manifest),
                BackupText.age(manifest, session.now()),
                Formats.size(manifest.sizeBytes()),
                Formats.size(stored),
                failed ? why(manifest) : components(manifest));
        case BackupEntry.Corrupt corrupt ->
            table.row(
                corrupt.runId().value(),
                "-",
                corrupt.unsupported() ? "unsupported" : "corrupt",
                corrupt.trigger().map(Trigger::word).orElse("-"),
                "-",
                "-",
                Formats.size(corrupt.storedBytes()),
                corrupt.reason());
      }
    }
    session.table(table);
    if (shown.size() < all) {
      session.line(session.style().faint("and " + (all - shown.size()) + " older"));
    }
  }

  private static String components(Manifest manifest) {
    return String.join(
        ", ",
        manifest.components().stream()
            .filter(ComponentRecord::isRestorable)
            .map(component -> component.name().value())
            .toList());
  }

  private static String why(Manifest manifest) {
    return manifest
        .failure()
        .or(() ->
            manifest.components().stream()
                .flatMap(component -> component.failure().stream())
                .findFirst())
        .map(ComponentRecord.Failure::message)
        .orElse("-");
  }
}
