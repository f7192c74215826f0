package io.holdfast.server.run;

import io.holdfast.engine.run.RunId;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.state.RunRecord;
import io.holdfast.server.state.RunStore;
import io.holdfast.server.state.StateException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers runs in the state database. While that does not answer, runs go on all the same (P12),
 * and what is to be remembered of the last of them waits here. Thread-safe.
 */
public final class RunMemory {
  private static final int MOST_WAITING = 100;

  private final RunStore store;
  private final ServerEvents events;
  private final Clock clock;
  private final Deque<RunRecord> waiting = new ArrayDeque<>();

  /** Held by the one who writes. */
  private final Lock writing = new ReentrantLock();

  public RunMemory(RunStore store, ServerEvents events, Clock clock) {
    this.store = store;
    this.events = events;
    this.clock = clock;
  }

  void begin(RunRecord run) {
    keep(run);
  }

  void end(RunRecord begun, RunResult result) {
    RunRecord ended = RunDocuments.ended(begun, result, clock.instant());
    keep(ended);
    RunTold.besides(ended, result).forEach(events::publish);
    ServerEvent event = RunTold.ended(ended);
    events.publish(
        result instanceof RunResult.Broken(var cause)
            ? new ServerEvent(event.name(), event.severity(), event.facts(), event.text(), cause)
            : event);
  }

  /**
   * What is known of a run.
   *
   * @throws StateException if the state database does not answer, and nothing waits for it
   */
  public Optional<RunRecord> find(RunId run) {
    synchronized (waiting) {
      for (RunRecord record : waiting.reversed()) {
        if (record.run().equals(run)) {
          return Optional.of(record);
        }
      }
    }
    return store.find(run);
  }

  private void keep(RunRecord run) {
    synchronized (waiting) {
      waiting.removeIf(older -> older.run().equals(run.run()));
      waiting.addLast(run);
      while (waiting.size() > MOST_WAITING) {
        waiting.removeFirst();
      }
    }
    try {
      store();
    } catch (StateException e) {
      events.publish(
          ServerEvent.error(
              EventName.STATE_FAILED,
              "run " + run.run() + " could not be remembered yet: " + e.getMessage(),
              e));
    }
  }

  /**
   * Stores what waits. The database may take its time, so nobody who looks something up waits for
   * it; and one writes for all, who looks again before he believes that he is done.
   */
  private void store() {
    while (next().isPresent() && writing.tryLock()) {
      try {
        for (Optional<RunRecord> next = next(); next.isPresent(); next = next()) {
          RunRecord run = next.get();
          store.put(run);
          synchronized (waiting) {
            // What has become of the run meanwhile is another record, and written next.
            waiting.removeIf(run::equals);
          }
        }
      } finally {
        writing.unlock();
      }
    }
  }

  private Optional<RunRecord> next() {
    synchronized (waiting) {
      return Optional.ofNullable(waiting.peekFirst());
    }
  }
}
