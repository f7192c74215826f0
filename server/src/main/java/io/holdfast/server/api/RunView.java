package io.holdfast.server.api;

import io.avaje.jsonb.Jsonb;
import io.holdfast.engine.event.RunProgress;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.ProgressJson;
import io.holdfast.server.document.ProgressPartJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RunJson;
import io.holdfast.server.run.ActiveRun;
import io.holdfast.server.state.RunRecord;
import io.holdfast.server.state.RunRecord.Operation;
import java.util.Optional;

/** Runs as documents. Pure. */
final class RunView {
  private static final Jsonb JSON = Jsonb.builder().build();

  private RunView() {}

  /**
   * A run with its result, if it has one.
   *
   * @param active the same run, if it is under way in this process
   */
  static RunJson of(RunRecord run, Optional<ActiveRun> active) {
    boolean backup = run.operation() == Operation.BACKUP;
    return new RunJson(
        run.run().value(),
        run.operation().word(),
        run.trigger().map(Trigger::word).orElse(null),
        run.status().word(),
        run.startedAt(),
        run.finishedAt().orElse(null),
        run.actor(),
        run.backup().map(RunId::value).orElse(null),
        run.failure().map(RunView::failure).orElse(null),
        active.map(a -> progress(a.progress())).orElse(null),
        backup
            ? run.document().map(d -> JSON.type(BackupCreateJson.class).fromJson(d)).orElse(null)
            : null,
        backup
            ? null
            : run.document().map(d -> JSON.type(RestoreJson.class).fromJson(d)).orElse(null));
  }

  private static FailureJson failure(RunRecord.Failure failure) {
    String guidance = failure.guidance();
    return new FailureJson(
        failure.code().name(), failure.message(), guidance.isEmpty() ? null : guidance);
  }

  /** The same without its result. */
  static RunJson summary(RunRecord run, Optional<ActiveRun> active) {
    return of(
        new RunRecord(
            run.run(),
            run.operation(),
            run.trigger(),
            run.status(),
            run.startedAt(),
            run.finishedAt(),
            run.actor(),
            run.server(),
            run.backup(),
            run.failure(),
            Optional.empty()),
        active);
  }

  static ProgressJson progress(RunProgress progress) {
    return new ProgressJson(
        progress.phase().word(),
        progress.bytesDone(),
        progress.bytesTotal().isPresent() ? progress.bytesTotal().getAsLong() : null,
        progress.fraction().isPresent() ? progress.fraction().getAsDouble() : null,
        progress.parts().stream()
            .map(part ->
                new ProgressPartJson(
                    part.name(),
                    part.bytesDone(),
                    part.bytesTotal().isPresent() ? part.bytesTotal().getAsLong() : null,
                    part.ended()))
            .toList());
  }
}
