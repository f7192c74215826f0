package io.holdfast.server.run;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.Trigger;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that was begun and is not over, from before it has a name: who ends a server has to
 * know of a run that only waits for its lock as well. Thread-safe.
 */
final class Launches {
  private final Set<Cancellation> underWay = new LinkedHashSet<>();
  private boolean ending;
  private boolean ended;

  /**
   * Lets a run begin.
   *
   * @return ends it for this list; to be closed when the run is over
   * @throws HoldfastException {@code SHUTTING_DOWN}
   */
  synchronized Cancellation.Registration begin(
      Cancellation cancellation, Optional<Trigger> trigger) {
    boolean last = trigger.filter(why -> why == Trigger.SHUTDOWN).isPresent();
    if (ended || (ending && !last)) {
      throw new HoldfastException(
          ErrorCode.SHUTTING_DOWN, "the server is shutting down", "Ask again when it is up.");
    }
    underWay.add(cancellation);
    return () -> over(cancellation);
  }

  private synchronized void over(Cancellation cancellation) {
    underWay.remove(cancellation);
    notifyAll();
  }

  /** From here on only the shutdown backup begins. */
  synchronized void end() {
    ending = true;
  }

  /** From here on nothing begins. */
  synchronized void endAll() {
    ended = true;
  }

  /** Asks all to end. */
  void cancel() {
    Set<Cancellation> asked;
    synchronized (this) {
      asked = new LinkedHashSet<>(underWay);
    }
    asked.forEach(cancellation -> cancellation.cancel(Cancellation.Reason.CANCELLED));
  }

  /**
   * Waits until nothing is under way. That the thread is interrupted makes no difference to the
   * waiting, since what comes after it must not run beside a run; it stays interrupted.
   *
   * @return whether nothing is
   */
  synchronized boolean awaitNone(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    boolean interrupted = false;
    try {
      while (!underWay.isEmpty()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        try {
          wait(left / 1_000_000 + 1);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
