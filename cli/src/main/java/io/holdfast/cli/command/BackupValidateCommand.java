package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.SnapshotJson;
import io.holdfast.cli.json.SnapshotValidateJson;
import io.holdfast.cli.target.ListedBackup;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.BackupValidateJson;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.ProblemJson;
import io.holdfast.server.document.ValidationJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup validate}. */
@Command(
    name = "validate",
    description = "Read every byte of a backup and compare it with its checksums.")
final class BackupValidateCommand extends Operation {
  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "A run id, a backup id, or 'latest' (the default).",
      defaultValue = "latest")
  private String id;

  @Option(names = "--all", description = "All backups.")
  private boolean all;

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    try (Target target = Targets.of(session, repository.path())) {
      Optional<SnapshotJson> snapshot = all ? Optional.empty() : target.foreign().find(id);
      if (snapshot.isPresent()) {
        return validate(session, target, snapshot.get());
      }
      var results = new ArrayList<ValidationJson>();
      try (var watch = new RunWatch(session)) {
        target.recover(watch);
        if (all) {
          for (ListedBackup backup : target.list(0).backups()) {
            results.add(validate(target, backup.document(), watch));
          }
        } else {
          results.add(target.validate(target.resolve(id, List.of()), watch));
        }
      }
      int leftOut = all ? target.foreign().list().size() : 0;
      long damaged = results.stream().filter(result -> !result.ok()).count();
      var document =
          new BackupValidateJson(
              BackupValidateJson.SCHEMA, damaged == 0, List.copyOf(results), leftOut);
      session.confirm(document, () -> tell(session, results, leftOut));
      return damaged == 0
          ? ExitCode.OK
          : session.fail(
              new HoldfastException(
                  ErrorCode.ARTIFACT_CORRUPT,
                  Formats.count(damaged, "backup")
                      + (damaged == 1 ? " is" : " are")
                      + " damaged, of "
                      + results.size()
                      + " validated",
                  "Look at the storage, then make a new backup; in a vault 'holdfast repository check'"
                      + " first tells what is damaged. What is sound in a damaged backup"
                      + " can still be restored with --component."));
    }
  }

  private static ExitCode validate(Session session, Target target, SnapshotJson snapshot)
      throws Exception {
    SnapshotValidateJson result;
    try (var watch = new RunWatch(session)) {
      result = target.foreign().validate(snapshot, watch);
    }
    String name = "snapshot " + SnapshotText.name(snapshot);
    session.confirm(
        result,
        () -> {
          session.line(
              name
                  + ": "
                  + (result.ok() ? session.style().good("sound") : session.style().bad("damaged")));
          ProblemText.show(session, result.problems());
        });
    return result.ok()
        ? ExitCode.OK
        : session.fail(
            new HoldfastException(
                ErrorCode.ARTIFACT_CORRUPT,
                name + " is damaged",
                "Restore from another one, and look at the storage; what wrote it may know how to"
                    + " mend it."));
  }

  /** One of which nobody can tell the run goes by the name of its snapshot, and is damaged. */
  private static ValidationJson validate(Target target, BackupSummaryJson backup, RunWatch watch) {
    String run = backup.runId();
    if (run != null) {
      return target.validate(run, watch);
    }
    String name = "snapshot " + backup.snapshotId();
    FailureJson failure = backup.failure();
    return new ValidationJson(
        name,
        false,
        failure == null
            ? List.of()
            : List.of(new ProblemJson(failure.code(), null, name, failure.message())));
  }

  private static void tell(Session session, List<ValidationJson> results, int leftOut) {
    if (results.isEmpty()) {
      session.line("There is no backup to validate.");
    }
    for (ValidationJson result : results) {
      session.line(
          "backup "
              + SafeText.line(result.runId())
              + ": "
              + (result.ok() ? session.style().good("sound") : session.style().bad("damaged")));
      ProblemText.show(session, result.problems());
    }
    if (leftOut > 0) {
      session.line(
          SnapshotText.others(leftOut)
              + " left out: 'holdfast repository check' reads them too, and 'holdfast backup"
              + " validate ID' one of them");
    }
  }
}
