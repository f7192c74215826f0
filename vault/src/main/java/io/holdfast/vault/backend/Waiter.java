package io.holdfast.vault.backend;

import io.holdfast.engine.run.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Time, for those who wait; tests bring their own. Thread-safe. */
public interface Waiter {
  /** Nanoseconds since some instant; never goes back, whatever is done to the clock of the day. */
  long nanoTime();

  /**
   * Waits, at most until the wish to end.
   *
   * @throws InterruptedException if this thread was interrupted
   */
  void pause(Duration time, Cancellation cancellation) throws InterruptedException;

  /** The real one. */
  static Waiter real() {
    return new Waiter() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration time, Cancellation cancellation) throws InterruptedException {
        var wanted = new CountDownLatch(1);
        try (var listening = cancellation.onCancel(wanted::countDown)) {
          boolean unused = wanted.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }
      }
    };
  }
}
