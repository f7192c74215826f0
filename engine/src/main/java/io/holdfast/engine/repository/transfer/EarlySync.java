package io.holdfast.engine.repository.transfer;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes durable what was written while it is read back: the disk is at work while the processors
 * compare, and the sync that publication needs finds little left to do. What this one finds wrong
 * has to be told, since the kernel tells an error of writing once.
 */
public final class EarlySync {
  private static final long PATIENCE_SECONDS = 15;

  private EarlySync() {}

  /** Either half. */
  @FunctionalInterface
  public interface Step {
    void run() throws IOException;
  }

  /** Does both at once, and throws what either threw. */
  public static void during(Step sync, Step reading) throws IOException {
    var task =
        new FutureTask<>(() -> {
          sync.run();
          return true;
        });
    Thread.ofPlatform().name("holdfast-sync").daemon().start(task);
    boolean read = false;
    try {
      reading.run();
      read = true;
    } finally {
      if (!read) {
        endSoon(task);
      }
    }
    Workers.await(task);
  }

  /** What was read is bad already; a sync that hangs must not hold up the news. */
  private static void endSoon(FutureTask<Boolean> task) {
    try {
      task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException ignored) {
      // It is the other failure that is told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
