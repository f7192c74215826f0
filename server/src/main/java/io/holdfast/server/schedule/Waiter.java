package io.holdfast.server.schedule;

import java.time.Duration;

/** How a thread lets time pass, so that tests need not. */
public interface Waiter {
  /**
   * Returns after about that long; or at once when woken, also if that happened before the call.
   * May return early.
   */
  void await(Duration atMost) throws InterruptedException;

  /** Ends a wait, or else the next one. Thread-safe. */
  void wake();

  /** The one that really waits. */
  static Waiter real() {
    return new RealWaiter();
  }
}
