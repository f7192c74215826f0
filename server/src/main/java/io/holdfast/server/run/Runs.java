package io.holdfast.server.run;

import io.holdfast.engine.Engine;
import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.state.RunRecord;
import io.holdfast.server.state.RunRecord.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

  /** Why a run starts that nobody asks for. */
  private static final Set<Trigger> BY_ITSELF =
      EnumSet.of(Trigger.SCHEDULED, Trigger.STARTUP, Trigger.SHUTDOWN);

  private final Launches launches = new Launches();

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

  /**
   * Lets no run begin any more, but for the shutdown backup; who asks for another is told {@code
   * SHUTTING_DOWN}.
   */
  public void end() {
    launches.end();
  }

  /** Lets nothing begin any more. */
  public void endAll() {
    launches.endAll();
  }

  /** Asks what is under way to end, even if it has no name yet. */
  public void cancel() {
    launches.cancel();
  }

  /**
   * Cancels what is under way and waits for its end.
   *
   * @return whether it has ended
   */
  public boolean cancelAndWait(Duration atMost) {
    launches.cancel();
    return launches.awaitNone(atMost);
  }

  private interface Work {
    RunResult run(RunMonitor monitor);
  }

  private record Begun(
      Operation operation,
      Optional<Trigger> trigger,
      Optional<RunId> backup,
      String actor,
      RunStart start) {

    RunRecord record(RunId run, Instant at, String server) {
      return new RunRecord(
          run,
          operation,
          trigger,
          RunStatus.RUNNING,
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
    first.run();
    var launch = new Launch(begun);
    Cancellation.Registration underWay =
        launches.begin(launch.monitor.cancellation(), begun.trigger());
    try {
      Thread.ofPlatform()
          .name("holdfast-run")
          .start(() -> {
            try (underWay) {
              launch.run(work);
            }
          });
    } catch (Throwable noThread) {
      underWay.close();
      throw noThread;
    }
    return launch.named();
  }

  /** A run from the moment that somebody wants it. */
  private final class Launch {
    private final Begun begun;
    private final CompletableFuture<ActiveRun> named = new CompletableFuture<>();
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private final RunMonitor monitor = new RunMonitor(this::told);
    private volatile @Nullable RuntimeException refusal;

    Launch(Begun begun) {
      this.begun = begun;
    }

    ActiveRun named() {
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

    private void told(RunEvent event) {
      if (event instanceof RunEvent.RunStarted(var id, var operation) && !named.isDone()) {
        RunRecord record = begun.record(id, clock.instant(), server);
        try {
          begun.start().started(id);
        } catch (RuntimeException e) {
          refusal = e;
          monitor.cancellation().cancel(Cancellation.Reason.CANCELLED);
          return;
        }
        memory.begin(record);
        var active = new ActiveRun(record, monitor, result);
        current.set(active);
        named.complete(active);
      }
      RunTold.of(event, named.isDone() ? named.join().id() : null).ifPresent(events::publish);
    }

    void run(Work work) {
      RunResult ended;
      try {
        ended = work.run(monitor);
      } catch (Throwable e) {
        RuntimeException refused = refusal;
        if (refused != null || !named.isDone()) {
          notBegun(refused != null ? refused : e);
          return;
        }
        ended = new RunResult.Broken(e);
      }
      RuntimeException refused = refusal;
      if (refused != null) {
        named.completeExceptionally(refused);
        return;
      }
      ActiveRun active = named.join();
      try {
        memory.end(active.record(), ended);
      } finally {
        // Whatever becomes of the memory of it, somebody waits for this.
        result.complete(ended);
        current.compareAndSet(active, null);
      }
    }

    /** Told here, whoever asked for it and whether or not he looks (P12). */
    private void notBegun(Throwable why) {
      if (!monitor.cancellation().isCancelled() && !isOfTheCaller(why)) {
        events.publish(RunTold.notBegun(begun.operation(), begun.trigger(), begun.actor(), why));
      }
      named.completeExceptionally(why);
    }

    /** What is wrong with a request, or that it comes at the wrong time, is no failure of ours. */
    private boolean isOfTheCaller(Throwable why) {
      boolean byItself = begun.trigger().filter(BY_ITSELF::contains).isPresent();
      return why instanceof HoldfastException e
          && switch (e.code().kind()) {
            case CONFLICT -> true;
            case USAGE, NOT_FOUND -> !byItself;
            default -> false;
          };
    }
  }
}
