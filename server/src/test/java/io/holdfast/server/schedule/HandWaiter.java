package io.holdfast.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits end when the test says so. */
final class HandWaiter implements Waiter {
  private final BlockingQueue<Duration> waits = new LinkedBlockingQueue<>();
  private final Semaphore ends = new Semaphore(0);

  @Override
  public void await(Duration atMost) throws InterruptedException {
    waits.add(atMost);
    ends.acquire();
  }

  @Override
  public void wake() {
    ends.release();
  }

  /** The time has passed. */
  void letPass() {
    ends.release();
  }

  /** Returns when somebody waits, with how long. */
  Duration nextWait() throws InterruptedException {
    Duration wait = waits.poll(20, TimeUnit.SECONDS);
    assertThat(wait).as("somebody waits").isNotNull();
    return wait;
  }

  boolean isIdle() {
    return waits.isEmpty();
  }
}
