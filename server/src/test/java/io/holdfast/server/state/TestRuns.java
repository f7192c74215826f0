package io.holdfast.server.state;

import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.state.RunRecord.Failure;
import io.holdfast.server.state.RunRecord.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Runs to store. */
final class TestRuns {
  private TestRuns() {}

  static RunId id(int sequence) {
    return RunId.of(StateFixture.NOON, sequence);
  }

  static RunRecord backup(int sequence, Trigger trigger, Instant started) {
    return run(id(sequence), Operation.BACKUP, Optional.of(trigger), started, "schedule");
  }

  static RunRecord restore(int sequence, Instant started, String actor) {
    return run(id(sequence), Operation.RESTORE, Optional.empty(), started, actor);
  }

  static RunRecord run(
      RunId id, Operation operation, Optional<Trigger> trigger, Instant started, String actor) {
    return new RunRecord(
        id,
        operation,
        trigger,
        RunStatus.RUNNING,
        started,
        Optional.empty(),
        actor,
        "server-1",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The run, ended after a minute. */
  static RunRecord ended(RunRecord run, String document) {
    return ended(run, RunStatus.COMPLETED, Optional.empty(), Optional.of(document));
  }

  static RunRecord ended(
      RunRecord run, RunStatus status, Optional<Failure> failure, Optional<String> document) {
    return new RunRecord(
        run.run(),
        run.operation(),
        run.trigger(),
        status,
        run.startedAt(),
        Optional.of(run.startedAt().plus(Duration.ofMinutes(1))),
        run.actor(),
        run.server(),
        run.backup(),
        failure,
        document);
  }
}
