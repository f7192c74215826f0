package io.holdfast.server.schedule;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits by a clock that nobody sets, so that no jump of the wall clock can lengthen a wait. */
final class RealWaiter implements Waiter {
  private final Semaphore wakes = new Semaphore(0);

  @Override
  public void await(Duration atMost) throws InterruptedException {
    if (wakes.tryAcquire(TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS)) {
      wakes.drainPermits();
    }
  }

  @Override
  public void wake() {
    wakes.release();
  }
}
