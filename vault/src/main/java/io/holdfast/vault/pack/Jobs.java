package io.holdfast.vault.pack;

import io.holdfast.engine.repository.transfer.Workers;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Parts of one worker's work that other workers may do. Whoever waits for a part that nobody has
 * begun does it himself: so workers that wait for each other never all stand still. Thread-safe.
 */
public final class Jobs {
  private final Workers workers;
  private final Semaphore room;

  /**
   * @param most how many may be handed over at once, which bounds the memory that they hold
   */
  public Jobs(Workers workers, int most) {
    this.workers = workers;
    this.room = new Semaphore(most);
  }

  /** A part that was handed over. */
  public static final class Job<T> {
    private final FutureTask<T> task;
    private final AtomicReference<@Nullable FutureTask<T>> waiting;

    private Job(FutureTask<T> task, AtomicReference<@Nullable FutureTask<T>> waiting) {
      this.task = task;
      this.waiting = waiting;
    }

    /** Waits for its end, and throws what it threw. */
    public T await() throws IOException {
      take(waiting);
      return Workers.await(task);
    }
  }

  /** Hands a part over, or does it at once where too many were. */
  public <T> Job<T> begin(Callable<T> part) {
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
    var waiting = new AtomicReference<@Nullable FutureTask<T>>(task);
    if (handedOver) {
      var unused =
          workers.submit(() -> {
            take(waiting);
            return true;
          });
    } else {
      take(waiting);
    }
    return new Job<>(task, waiting);
  }

  /**
   * Does a part unless somebody has begun it. The queue of the workers lets go of it then: it would
   * keep what came of it long after it was used.
   */
  private static <T> void take(AtomicReference<@Nullable FutureTask<T>> waiting) {
    FutureTask<T> task = waiting.getAndSet(null);
    if (task != null) {
      task.run();
    }
  }
}
