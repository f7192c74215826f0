package io.holdfast.server.lifecycle;

import io.holdfast.engine.Engine;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.restore.RestoreRecord;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.JsonText;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.idempotency.Idempotency;
import io.holdfast.server.state.IdempotencyStore.Answer;
import io.holdfast.server.state.RunRecord;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Settles what a server left open in the state database when it was killed. The engine has settled
 * its own before: interrupted restores are rolled back, or brought to their end if they had passed
 * the point of no return; interrupted backups are filed. What it says became of a run is what the
 * database says from here on.
 */
final class Aftermath {
  private static final int CREATED = 201;

  /** What is older is of interest to nobody, and a page of runs is to stay quick. */
  private static final Duration REMEMBERED = Duration.ofDays(400);

  private final Engine engine;
  private final StateDatabase state;
  private final Idempotency idempotency;
  private final ServerEvents events;
  private final Clock clock;

  Aftermath(
      Engine engine,
      StateDatabase state,
      Idempotency idempotency,
      ServerEvents events,
      Clock clock) {
    this.engine = engine;
    this.state = state;
    this.idempotency = idempotency;
    this.events = events;
    this.clock = clock;
  }

  void settle() {
    try {
      for (RunRecord run : state.runs().running()) {
        state.runs().put(settled(run));
      }
      idempotency.recover(this::answer);
      state.runs().prune(clock.instant().minus(REMEMBERED));
    } catch (StateException e) {
      events.publish(
          ServerEvent.error(
              EventName.STATE_FAILED,
              "what an earlier server left open stays so for now: " + e.getMessage(),
              e));
    }
  }

  private RunRecord settled(RunRecord run) {
    Optional<Manifest> backup = published(run.run());
    Optional<RestoreRecord> restore = restored(run.run());
    boolean well = backup.isPresent() || restore.isPresent();
    RunStatus status =
        backup
            .map(Manifest::status)
            .or(() -> restore.map(RestoreRecord::status))
            .orElse(RunStatus.FAILED);
    Instant end =
        backup
            .flatMap(Manifest::finishedAt)
            .or(() -> restore.flatMap(RestoreRecord::finishedAt))
            .orElseGet(clock::instant);
    return new RunRecord(
        run.run(),
        run.operation(),
        run.trigger(),
        status,
        run.startedAt(),
        Optional.of(end),
        run.actor(),
        run.server(),
        run.backup(),
        well
            ? Optional.empty()
            : Optional.of(
                new RunRecord.Failure(
                    ErrorCode.INTERRUPTED,
                    "the server ended before the run did",
                    "Nothing was published; what a restore had changed was put back. Start it again.")),
        Optional.empty());
  }

  /** What whoever sent the request would have been answered; empty if it did not come to that. */
  private Optional<Answer> answer(RunId run) {
    return published(run)
        .<Object>map(Documents::backup)
        .or(() -> restored(run).map(this::restore))
        .map(document -> new Answer(CREATED, JsonText.of(document)));
  }

  private Object restore(RestoreRecord record) {
    return Documents.restored(
        record, published(record.backup()), record.safetyBackup().flatMap(this::published));
  }

  private Optional<RestoreRecord> restored(RunId run) {
    return engine
        .restoreRecord(run)
        .filter(record -> record.status() == RunStatus.COMPLETED)
        .filter(record -> record.stage() == RestoreRecord.Stage.COMMITTED);
  }

  private Optional<Manifest> published(RunId run) {
    try {
      return Optional.of(engine.show(run)).filter(manifest -> manifest.status().isPublished());
    } catch (HoldfastException none) {
      return Optional.empty();
    }
  }
}
