package io.holdfast.server.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The requests that are being answered, so that a server can wait for them. Thread-safe. */
final class UnderWay {
  private int requests;
  private boolean draining;
  private final Set<Thread> readers = new HashSet<>();

  /**
   * A request begins.
   *
   * @return false if it has to be refused because the server is stopping; it counts all the same
   */
  synchronized boolean begin() {
    requests++;
    return !draining;
  }

  synchronized void end() {
    requests--;
    notifyAll();
  }

  /**
   * The current thread sends events. They would go on for ever, so it is interrupted when the
   * server stops.
   */
  synchronized void beginEvents() {
    readers.add(Thread.currentThread());
    if (draining) {
      Thread.currentThread().interrupt();
    }
  }

  /** Clears the interrupt too: it was meant for the events. */
  synchronized void endEvents() {
    readers.remove(Thread.currentThread());
    Thread.interrupted();
  }

  /** From now on requests are refused, and event streams end. */
  synchronized void drain() {
    draining = true;
    readers.forEach(Thread::interrupt);
  }

  synchronized boolean isDraining() {
    return draining;
  }

  /**
   * Waits until nothing is under way.
   *
   * @return whether that came to pass in time
   */
  synchronized boolean awaitNone(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (requests > 0) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
