package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.terminal.Consent;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.Engine;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.document.Documents;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}. */
@Command(
    name = "restore",
    description = {
      "Restore a backup: all components or none, after a safety backup of the present state.",
      "With --to, restore to another directory, and leave the present state alone."
    })
final class RestoreCommand extends Operation {
  @Parameters(paramLabel = "ID", description = "A run id, a backup id, or 'latest'.")
  private String id;

  @Mixin private ComponentOption components;

  @Option(
      names = "--dry-run",
      description = "Do everything but the change itself, and say what would change.")
  private boolean dryRun;

  @Option(names = "--confirm", description = "Consent; without it, a terminal is asked.")
  private boolean confirm;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "Restore into this directory, which must be empty or missing; each component gets a"
              + " directory of its name. Needs no consent.")
  private @Nullable String destination;

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    try (Opened opened = Opened.of(session, repository.path())) {
      Optional<FilePath> to =
          Optional.ofNullable(destination).map(text -> Paths.resolve(text, session.surroundings()));
      if (to.isEmpty() && repository.path().isPresent()) {
        throw new HoldfastException(
            ErrorCode.USAGE,
            "with --repository there is no configuration that says where to restore to",
            "Add --to DIR, or use a configuration in place of --repository.");
      }
      Engine engine = opened.engine();
      RestoreRequest request;
      try (var watch = new RunWatch(session)) {
        opened.recovered(watch.monitor());
        request =
            new RestoreRequest(
                engine.resolve(id, components.names()), components.names(), to, dryRun);
      }
      if (to.isEmpty() && !dryRun) {
        Consent.require(
            session.surroundings(),
            confirm,
            !session.options().json(),
            RestoreText.plan(opened, engine.show(request.backup()), request, session),
            "restore");
      }
      RestoreOutcome outcome;
      try (var watch = new RunWatch(session)) {
        outcome = engine.restore(request, watch.monitor());
      }
      session.confirm(
          Documents.restore(request, outcome),
          () -> RestoreText.outcome(session, request, outcome));
      return outcome.failure().isPresent() || outcome.status() != RunStatus.COMPLETED
          ? session.fail(failure(outcome))
          : ExitCode.OK;
    }
  }

  private static HoldfastException failure(RestoreOutcome outcome) {
    ErrorCode byStatus =
        switch (outcome.status()) {
          case CANCELLED -> ErrorCode.CANCELLED;
          case TIMEOUT -> ErrorCode.TIMEOUT;
          default -> ErrorCode.INTERNAL;
        };
    Optional<ComponentRecord.Failure> why = outcome.failure();
    Manifest backup = outcome.backup();
    return new HoldfastException(
            why.map(ComponentRecord.Failure::code).orElse(byStatus),
            (outcome.dryRun() ? "dry run of restore " : "restore ")
                + outcome.run()
                + " from backup "
                + backup.runId()
                + " "
                + Formats.ended(outcome.status())
                + why.map(failure -> ": " + failure.message()).orElse(""),
            why.map(ComponentRecord.Failure::guidance).orElse(""))
        .with("run", outcome.run().value())
        .with("backup", backup.runId().value());
  }
}
