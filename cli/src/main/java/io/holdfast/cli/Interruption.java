package io.holdfast.cli;

import io.holdfast.engine.run.Cancellation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C and SIGTERM: what is under way is cancelled and brought to its clean end before the
 * process goes; the JVM then exits with 130 or 143. Thread-safe.
 *
 * <p>A shutdown hook, because the JVM has no other way that needs no private API. It keeps the JVM
 * alive as long as it runs.
 */
public final class Interruption {
  private final Set<Cancellation> underWay = ConcurrentHashMap.newKeySet();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean interrupted;
  private volatile boolean end;

  /**
   * Something that can be cancelled begins.
   *
   * @return to be closed at its end
   */
  public AutoCloseable during(Cancellation cancellation) {
    underWay.add(cancellation);
    if (interrupted) {
      cancellation.cancel(Cancellation.Reason.CANCELLED);
    }
    return () -> underWay.remove(cancellation);
  }

  /** A signal is the way in which this program ends, and no failure of it. */
  public void isTheEnd() {
    end = true;
  }

  /** Whether a signal came that was to end the program. */
  boolean hasEnded() {
    return interrupted && end;
  }

  /** Waits for signals from now on, until {@link #finished}. */
  void begin(Runnable told) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("holdfast-interruption")
                .unstarted(() -> {
                  if (finished.getCount() > 0) {
                    interrupt(told);
                  }
                }));
  }

  /** The program has nothing more to say, and exits. */
  void finished() {
    finished.countDown();
  }

  private void interrupt(Runnable told) {
    interrupted = true;
    if (underWay.isEmpty()) {
      return;
    }
    if (!end) {
      told.run();
    }
    underWay.forEach(cancellation -> cancellation.cancel(Cancellation.Reason.CANCELLED));
    try {
      finished.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
