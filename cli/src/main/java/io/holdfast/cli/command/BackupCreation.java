package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.ComponentStatus;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.Documents;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a backup and tells how it went. */
final class BackupCreation {
  /** Those that somebody may ask for; the others are the server's own. */
  private static final List<Trigger> TRIGGERS =
      List.of(Trigger.MANUAL, Trigger.PRE_MIGRATION, Trigger.PRE_UPDATE);

  @Mixin private ComponentOption components;

  @Option(
      names = "--compression",
      paramLabel = "none|gzip|zstd",
      description = "How to store it, instead of what the configuration says.")
  private @Nullable Compression compression;

  @Option(
      names = "--trigger",
      paramLabel = "manual|pre_migration|pre_update",
      description =
          "Why it is made; pre_migration and pre_update are for tools that wait for it, and"
              + " retention keeps such backups.")
  private String trigger = Trigger.MANUAL.word();

  ExitCode run(Session session) throws Exception {
    var request =
        new BackupRequest(trigger(), components.names(), Optional.ofNullable(compression));
    try (Opened opened = Opened.configured(session)) {
      BackupOutcome outcome;
      try (var watch = new RunWatch(session)) {
        outcome = opened.recovered(watch.monitor()).engine().backup(request, watch.monitor());
      }
      outcome.warnings().forEach(session::warn);
      var document =
          new BackupCreateJson(
              BackupCreateJson.SCHEMA,
              Documents.backup(outcome.manifest()),
              outcome.pruned().stream().map(RunId::value).toList(),
              outcome.warnings());
      session.confirm(document, () -> tell(session, opened, outcome));
      return exit(session, outcome.manifest());
    }
  }

  private Trigger trigger() {
    return TRIGGERS.stream()
        .filter(known -> known.word().equals(trigger))
        .findFirst()
        .orElseThrow(() ->
            new HoldfastException(
                ErrorCode.USAGE,
                "--trigger cannot be '" + trigger + "'",
                "Use " + String.join(", ", TRIGGERS.stream().map(Trigger::word).toList()) + "."));
  }

  private static void tell(Session session, Opened opened, BackupOutcome outcome) {
    Manifest manifest = outcome.manifest();
    session.line(
        "backup "
            + manifest.runId()
            + " "
            + BackupText.status(manifest.status(), session.style())
            + " in "
            + BackupText.took(manifest.startedAt(), manifest.finishedAt())
            + ": "
            + Formats.size(manifest.sizeBytes())
            + " of "
            + Formats.count(manifest.components().size(), "component"));
    session.line("");
    session.table(BackupText.components(manifest));
    session.line("");
    if (manifest.status().isPublished()) {
      session.line(
          "It is in "
              + opened.installation().repository().location()
              + ", stored as "
              + manifest.compression()
              + "; its backup id is "
              + manifest.backupId()
              + ".");
    }
    if (!outcome.pruned().isEmpty()) {
      session.line(
          "Retention removed " + Formats.count(outcome.pruned().size(), "older backup") + ".");
    }
  }

  private static ExitCode exit(Session session, Manifest manifest) {
    switch (manifest.status()) {
      case COMPLETED -> {
        return ExitCode.OK;
      }
      case PARTIAL -> {
        for (ComponentRecord component : manifest.components()) {
          component
              .failure()
              .filter(failure -> component.status() != ComponentStatus.ABSENT)
              .ifPresent(failure ->
                  session.warn(
                      "optional component "
                          + component.name()
                          + " is not in the backup: "
                          + failure.message()
                          + (failure.guidance().isEmpty() ? "" : "\n" + failure.guidance())));
        }
        return ExitCode.PARTIAL;
      }
      default -> {
        return session.fail(failure(manifest));
      }
    }
  }

  /** The failure of a run that published nothing: its own, or that of the component to blame. */
  private static HoldfastException failure(Manifest manifest) {
    ErrorCode byStatus =
        switch (manifest.status()) {
          case CANCELLED -> ErrorCode.CANCELLED;
          case TIMEOUT -> ErrorCode.TIMEOUT;
          default -> ErrorCode.INTERNAL;
        };
    String head = "backup " + manifest.runId() + " " + Formats.ended(manifest.status());
    if (manifest.status() == RunStatus.CANCELLED) {
      return new HoldfastException(
          byStatus, head + "; nothing was published", "Earlier backups are untouched.");
    }
    Optional<ComponentRecord> culprit =
        manifest.components().stream()
            .filter(component -> component.failure().isPresent())
            .filter(component -> component.status() != ComponentStatus.ABSENT)
            .min(
                Comparator.comparing((ComponentRecord component) ->
                        component.status() == ComponentStatus.CANCELLED)
                    .thenComparing(component -> !component.critical()));
    Optional<ComponentRecord.Failure> why =
        manifest.failure().or(() -> culprit.flatMap(ComponentRecord::failure));
    String whose =
        manifest.failure().isPresent()
            ? ""
            : culprit.map(component -> "component " + component.name() + ": ").orElse("");
    return new HoldfastException(
            manifest.status() == RunStatus.TIMEOUT
                ? byStatus
                : why.map(ComponentRecord.Failure::code).orElse(byStatus),
            head + why.map(failure -> ": " + whose + failure.message()).orElse(""),
            why.map(ComponentRecord.Failure::guidance).orElse(""))
        .with("run", manifest.runId().value());
  }
}
