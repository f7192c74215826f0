package io.holdfast.cli.remote;

import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import io.holdfast.engine.run.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Trying again to reach a server that was lost: at growing intervals, for a bounded time. Whoever
 * cancels need not wait for that long. Not thread-safe.
 */
final class Persistence {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final double JITTER = 0.2;

  private final RetryPolicy<Object> policy;
  private final Duration afterCancelling;
  private final Cancellation cancellation;
  private Execution<Object> losses;
  private long lastAlive;

  Persistence(Patience patience, Cancellation cancellation) {
    this.policy =
        RetryPolicy.builder()
            .withMaxRetries(-1)
            .withBackoff(patience.again(), max(LONGEST_PAUSE, patience.again().multipliedBy(2)))
            .withJitter(JITTER)
            .withMaxDuration(patience.away())
            .build();
    this.afterCancelling =
        patience.away().compareTo(LONGEST_PAUSE) < 0 ? patience.away() : LONGEST_PAUSE;
    this.cancellation = cancellation;
    this.losses = Execution.of(policy);
    this.lastAlive = System.nanoTime();
  }

  /** The server is there. */
  void alive() {
    losses = Execution.of(policy);
    lastAlive = System.nanoTime();
  }

  /**
   * It was lost; waits until it is time to try again.
   *
   * @throws LostException the same, if that was tried for long enough
   */
  void lost(LostException loss) throws LostException {
    losses.recordException(loss);
    boolean enough =
        cancellation.isCancelled() && System.nanoTime() - lastAlive > afterCancelling.toNanos();
    if (losses.isComplete() || enough) {
      throw loss;
    }
    pause(losses.getDelay());
  }

  /** Ends early when somebody cancels, who wants that to be told to the server soon. */
  private void pause(Duration pause) throws LostException {
    var wanted = new CountDownLatch(1);
    boolean already = cancellation.isCancelled();
    try (var listening = cancellation.onCancel(already ? () -> {} : wanted::countDown)) {
      boolean unused = wanted.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LostException.meanwhile(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
