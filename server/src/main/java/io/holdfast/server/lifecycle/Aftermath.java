package io.holdfast.server.lifecycle;

import io.holdfast.engine.Engine;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.JsonText;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.idempotency.Idempotency;
import io.holdfast.server.state.IdempotencyStore.Answer;
import io.holdfast.server.state.RunRecord;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateException;
import java.time.Clock;
import java.util.Optional;

/**
 * Settles what a server left open in the state database when it was killed. The engine has settled
 * its own before: interrupted restores are rolled back, interrupted backups filed.
 */
final class Aftermath {
  private static final int CREATED = 201;

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
    } catch (StateException e) {
      events.publish(
          ServerEvent.error(
              "server.state.failed",
              "what an earlier server left open stays so for now: " + e.getMessage(),
              e));
    }
  }

  /** A backup that was published just before the end is completed, whatever else was not done. */
  private RunRecord settled(RunRecord run) {
    Optional<Manifest> published = published(run.run());
    return new RunRecord(
        run.run(),
        run.operation(),
        run.trigger(),
        published.map(Manifest::status).orElse(RunStatus.FAILED),
        run.startedAt(),
        Optional.of(published.flatMap(Manifest::finishedAt).orElseGet(clock::instant)),
        run.actor(),
        run.server(),
        run.backup(),
        published.isPresent()
            ? Optional.empty()
            : Optional.of(
                new RunRecord.Failure(
                    ErrorCode.INTERRUPTED,
                    "the server ended before the run did",
                    "Nothing was published; what a restore had changed was put back. Start it again.")),
        Optional.empty());
  }

  private Optional<Answer> answer(RunId run) {
    return published(run)
        .map(manifest -> new Answer(CREATED, JsonText.of(Documents.backup(manifest))));
  }

  private Optional<Manifest> published(RunId run) {
    try {
      return Optional.of(engine.show(run)).filter(manifest -> manifest.status().isPublished());
    } catch (HoldfastException none) {
      return Optional.empty();
    }
  }
}
