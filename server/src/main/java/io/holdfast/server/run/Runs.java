package io.holdfast.server.run;

import io.holdfast.engine.Engine;
import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.state.RunRecord;
import io.holdfast.server.state.RunRecord.Operation;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs on threads of their own and keeps the one that is under way. That there is but one is
 * the engine's doing, by the installation's lock, so that a command line beside the server is
 * heeded as well. Thread-safe.
 */
public final class Runs {
  private final Engine engine;
  private final RunMemory memory;
  private final ServerEvents events;
  private final Clock clock;
  private final String server;
  private final Runnable first;
  private final AtomicReference<@Nullable ActiveRun> current = new AtomicReference<>();
  private volatile boolean closed;

  /**
   * @param server names this server process in records
   * @param first done before each run, which does not begin if it throws
   */
  public Runs(
      Engine engine,
      RunMemory memory,
      ServerEvents events,
      Clock clock,
      String server,
      Runnable first) {
    this.engine = engine;
    this.memory = memory;
    this.events = events;
    this.clock = clock;
    this.server = server;
    this.first = first;
  }

  /**
   * Starts a backup.
   *
   * @param actor who asks
   * @return once the run has its name
   * @throws HoldfastException if it cannot begin: {@code BUSY} and others
   */
  public ActiveRun backup(BackupRequest request, String actor, RunStart start) {
    var begun =
        new Begun(Operation.BACKUP, Optional.of(request.trigger()), Optional.empty(), actor, start);
    return launch(
        begun,
        monitor -> {
          BackupOutcome outcome = engine.backup(request, monitor);
          return new RunResult.BackedUp(outcome);
        });
  }

  /** Starts a restore or a dry run of one, as {@link #backup}. */
  public ActiveRun restore(RestoreRequest request, String actor, RunStart start) {
    var begun =
        new Begun(
            request.dryRun() ? Operation.DRY_RUN : Operation.RESTORE,
            Optional.empty(),
            Optional.of(request.backup()),
            actor,
            start);
    return launch(
        begun,
        monitor -> {
          RestoreOutcome outcome = engine.restore(request, monitor);
          return new RunResult.Restored(request, outcome);
        });
  }

  /** The run that is under way in this process. */
  public Optional<ActiveRun> current() {
    return Optional.ofNullable(current.get()).filter(run -> !run.result().isDone());
  }

  /** A run that is under way in this process. */
  public Optional<ActiveRun> current(RunId run) {
    return current().filter(active -> active.id().equals(run));
  }

  /** Lets no run begin any more. */
  public void refuse() {
    closed = true;
  }

  /**
   * Cancels what is under way and waits for its end.
   *
   * @return whether it has ended
   */
  public boolean cancelAndWait(Duration atMost) {
    Optional<ActiveRun> active = current();
    if (active.isEmpty()) {
      return true;
    }
    active.get().cancel();
    try {
      active.get().result().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private interface Work {
    RunResult run(RunMonitor monitor);
  }

  private record Begun(
      Operation operation,
      Optional<io.holdfast.engine.run.Trigger> trigger,
      Optional<RunId> backup,
      String actor,
      RunStart start) {

    RunRecord record(RunId run, java.time.Instant at, String server) {
      return new RunRecord(
          run,
          operation,
          trigger,
          io.holdfast.engine.run.RunStatus.RUNNING,
          at,
          Optional.empty(),
          actor,
          server,
          backup,
          Optional.empty(),
          Optional.empty());
    }
  }

  private ActiveRun launch(Begun begun, Work work) {
    if (closed) {
      throw new HoldfastException(
          ErrorCode.BUSY, "the server is shutting down", "Ask again when it is up.");
    }
    first.run();
    var named = new CompletableFuture<ActiveRun>();
    var result = new CompletableFuture<RunResult>();
    var refusal = new AtomicReference<@Nullable RuntimeException>();
    var monitorOf = new AtomicReference<@Nullable RunMonitor>();
    var monitor =
        new RunMonitor(event -> {
          if (event instanceof RunEvent.RunStarted(var id, var operation) && !named.isDone()) {
            RunMonitor own = java.util.Objects.requireNonNull(monitorOf.get());
            RunRecord record = begun.record(id, clock.instant(), server);
            try {
              begun.start().started(id);
            } catch (RuntimeException e) {
              refusal.set(e);
              own.cancellation().cancel(Cancellation.Reason.CANCELLED);
              return;
            }
            memory.begin(record);
            var active = new ActiveRun(record, own, result);
            current.set(active);
            named.complete(active);
          }
          RunTold.of(event, named.isDone() ? named.join().id() : null).ifPresent(events::publish);
        });
    monitorOf.set(monitor);
    Thread.ofPlatform()
        .name("holdfast-run")
        .start(() -> {
          RunResult ended;
          try {
            ended = work.run(monitor);
          } catch (Throwable e) {
            if (!named.isDone()) {
              RuntimeException refused = refusal.get();
              named.completeExceptionally(refused != null ? refused : e);
              return;
            }
            ended = new RunResult.Broken(e);
          }
          RuntimeException refused = refusal.get();
          if (refused != null) {
            named.completeExceptionally(refused);
            return;
          }
          ActiveRun active = named.join();
          try {
            memory.end(active.record(), ended);
          } finally {
            // Whatever went wrong with its record: the schedule waits for this.
            result.complete(ended);
            current.compareAndSet(active, null);
          }
        });
    try {
      return named.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }
}
