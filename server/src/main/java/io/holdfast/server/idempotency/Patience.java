package io.holdfast.server.idempotency;

import java.time.Duration;

/** How one waits for a twin; tests bring their own. */
@FunctionalInterface
public interface Patience {
  Wait begin();

  /** One request's waiting. */
  @FunctionalInterface
  interface Wait {
    /**
     * Waits a little.
     *
     * @return whether to look again; false once the time is up
     */
    boolean again() throws InterruptedException;
  }

  /** From 50 milliseconds, doubling to a second, until the time is up. */
  static Patience upTo(Duration most) {
    return () ->
        new Wait() {
          private final long began = System.nanoTime();
          private long next = 50;

          @Override
          public boolean again() throws InterruptedException {
            if (System.nanoTime() - began > most.toNanos()) {
              return false;
            }
            Thread.sleep(next);
            next = Math.min(1000, next * 2);
            return true;
          }
        };
  }
}
