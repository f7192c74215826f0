package io.holdfast.server.run;

import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.JsonText;
import io.holdfast.server.state.RunRecord;
import java.time.Instant;
import java.util.Optional;

/** What is remembered of a run that ended. Pure. */
final class RunDocuments {
  private RunDocuments() {}

  static RunRecord ended(RunRecord begun, RunResult result, Instant now) {
    return switch (result) {
      case RunResult.BackedUp(var outcome) -> backup(begun, outcome);
      case RunResult.Restored(var request, var outcome) ->
          end(
              begun,
              outcome.status(),
              outcome.finishedAt(),
              failure(outcome),
              Optional.of(JsonText.of(Documents.restore(request, outcome))));
      case RunResult.Broken(var cause) ->
          end(
              begun,
              RunStatus.FAILED,
              now,
              Optional.of(
                  new RunRecord.Failure(
                      ErrorCode.INTERNAL,
                      "ended by " + cause.getClass().getSimpleName(),
                      "Look into the server's log.")),
              Optional.empty());
    };
  }

  private static RunRecord backup(RunRecord begun, BackupOutcome outcome) {
    Manifest manifest = outcome.manifest();
    var document =
        new BackupCreateJson(
            BackupCreateJson.SCHEMA,
            Documents.backup(manifest),
            outcome.pruned().stream().map(RunId::value).toList(),
            outcome.warnings());
    Optional<RunRecord.Failure> failure =
        manifest.status().isPublished()
            ? Optional.empty()
            : manifest.cause().map(RunDocuments::failure);
    return end(
        begun,
        manifest.status(),
        manifest.finishedAt().orElse(manifest.startedAt()),
        failure,
        Optional.of(JsonText.of(document)));
  }

  private static Optional<RunRecord.Failure> failure(RestoreOutcome outcome) {
    return outcome.failure().map(RunDocuments::failure);
  }

  private static RunRecord.Failure failure(ComponentRecord.Failure failure) {
    return new RunRecord.Failure(failure.code(), failure.message(), failure.guidance());
  }

  private static RunRecord end(
      RunRecord begun,
      RunStatus status,
      Instant at,
      Optional<RunRecord.Failure> failure,
      Optional<String> document) {
    return new RunRecord(
        begun.run(),
        begun.operation(),
        begun.trigger(),
        status,
        begun.startedAt(),
        Optional.of(at),
        begun.actor(),
        begun.server(),
        begun.backup(),
        failure,
        document);
  }
}
