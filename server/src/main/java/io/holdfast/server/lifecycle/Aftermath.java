package io.holdfast.server.lifecycle;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.idempotency.Idempotency;
import io.holdfast.server.state.RunRecord;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Settles what a server left open in the state database when it was killed. The engine has settled
 * its own before: interrupted restores are rolled back, or brought to their end if they had passed
 * the point of no return; interrupted backups are filed. What it says became of a run is what the
 * database says from here on.
 *
 * <p>What cannot be found out at the start, because the repository is away, stays open and is asked
 * again before each run. Until then no run begins: it would make a repository anew where the real
 * one is not mounted, and that one would say that nothing was ever published. Thread-safe.
 */
final class Aftermath {
  private final RunFates fates;
  private final StateDatabase state;
  private final Idempotency idempotency;
  private final ServerEvents events;
  private final Clock clock;
  private final String server;
  private boolean left = true;

  /**
   * @param server names this server process, whose runs are its own matter
   */
  Aftermath(
      RunFates fates,
      StateDatabase state,
      Idempotency idempotency,
      ServerEvents events,
      Clock clock,
      String server) {
    this.fates = fates;
    this.state = state;
    this.idempotency = idempotency;
    this.events = events;
    this.clock = clock;
    this.server = server;
  }

  /**
   * Settles what can be settled now.
   *
   * @return the error of a repository that is away and holds the answer to what is left
   */
  synchronized Optional<HoldfastException> settle() {
    var unknown = new ArrayList<RuntimeException>();
    try {
      for (RunRecord run : state.runs().running()) {
        if (!run.server().equals(server)) {
          settle(run, unknown);
        }
      }
      left = idempotency.recover() > 0 || !unknown.isEmpty();
    } catch (StateException e) {
      events.publish(
          ServerEvent.error(
              EventName.STATE_FAILED,
              "what an earlier server left open stays so for now: " + e.getMessage(),
              e));
    }
    return unknown.stream()
        .flatMap(e -> e instanceof HoldfastException known ? Stream.of(known) : Stream.empty())
        .filter(known -> known.code() == ErrorCode.REPOSITORY_UNAVAILABLE)
        .findFirst();
  }

  /**
   * Settles what is left, if anything is.
   *
   * @throws HoldfastException {@code REPOSITORY_UNAVAILABLE} if the repository that an earlier run
   *     was made in is away
   */
  synchronized void settleLeft() {
    Optional<HoldfastException> away = left ? settle() : Optional.empty();
    if (away.isPresent()) {
      throw new HoldfastException(
          ErrorCode.REPOSITORY_UNAVAILABLE,
          "an earlier run ended with its server, and the repository that knows what became of it"
              + " is away: "
              + away.get().message(),
          away.get().guidance()
              + " If it is lost for good, let `holdfast backup create` begin a new one.",
          away.get());
    }
  }

  private void settle(RunRecord run, List<RuntimeException> unknown) {
    Optional<RunFates.End> end;
    try {
      end = fates.end(run.run());
    } catch (RuntimeException e) {
      unknown.add(e);
      events.publish(
          ServerEvent.warning(
                  EventName.RUN_WARNING,
                  "what became of run "
                      + run.run()
                      + ", which an earlier server began, cannot be found out now: "
                      + e.getMessage())
              .with("run_id", run.run().value()));
      return;
    }
    state.runs().put(settled(run, end));
  }

  private RunRecord settled(RunRecord run, Optional<RunFates.End> end) {
    return new RunRecord(
        run.run(),
        run.operation(),
        run.trigger(),
        end.map(RunFates.End::status).orElse(RunStatus.FAILED),
        run.startedAt(),
        Optional.of(end.flatMap(RunFates.End::finished).orElseGet(clock::instant)),
        run.actor(),
        run.server(),
        run.backup(),
        end.isPresent()
            ? Optional.empty()
            : Optional.of(
                new RunRecord.Failure(
                    ErrorCode.INTERRUPTED,
                    "the server ended before the run did",
                    run.operation() == RunRecord.Operation.BACKUP
                        ? "Nothing was published. Make another backup."
                        : "What it had changed was put back. Begin the restore again.")),
        Optional.empty());
  }
}
