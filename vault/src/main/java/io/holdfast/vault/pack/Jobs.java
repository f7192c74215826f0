package io.holdfast.vault.pack;

import io.holdfast.engine.repository.transfer.Workers;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/**
 * Parts of one worker's work that other workers may do. Whoever waits for a part that nobody has
 * begun does it himself: so workers that wait for each other never all stand still. Thread-safe.
 */
final class Jobs {
  private final Workers workers;
  private final Semaphore room;

  /**
   * @param most how many may be handed over at once, which bounds the memory that they hold
   */
  Jobs(Workers workers, int most) {
    this.workers = workers;
    this.room = new Semaphore(most);
  }

  /** A part that was handed over. */
  static final class Job<T> {
    private final FutureTask<T> task;

    private Job(FutureTask<T> task) {
      this.task = task;
    }

    /** Waits for its end, and throws what it threw. */
    T await() throws IOException {
      task.run();
      return Workers.await(task);
    }
  }

  /** Hands a part over, or does it at once where too many were. */
  <T> Job<T> begin(Callable<T> part) {
    boolean handedOver = room.tryAcquire();
    var task =
        new FutureTask<T>(() -> {
          try {
            return part.call();
          } finally {
            if (handedOver) {
              room.release();
            }
          }
        });
    if (handedOver) {
      var unused =
          workers.submit(() -> {
            task.run();
            return true;
          });
    } else {
      task.run();
    }
    return new Job<>(task);
  }
}
