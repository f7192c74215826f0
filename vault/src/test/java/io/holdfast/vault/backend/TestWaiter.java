package io.holdfast.vault.backend;

import io.holdfast.engine.run.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only while somebody waits. */
final class TestWaiter implements Waiter {
  private final List<Duration> pauses = new ArrayList<>();
  private long now;

  /** What was waited for so far. */
  synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  /** Time passes. */
  synchronized void pass(Duration time) {
    now += time.toNanos();
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized void pause(Duration time, Cancellation cancellation)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(time);
    pass(time);
  }
}
