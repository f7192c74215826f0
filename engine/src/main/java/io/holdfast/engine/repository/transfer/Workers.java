package io.holdfast.engine.repository.transfer;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads that work for one backup. Whoever submits bounds how much he submits. Thread-safe.
 */
public final class Workers implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 15;

  private static final int MOST = 8;

  private final int threads;
  private final ExecutorService executor;

  private Workers(int threads, String purpose) {
    this.threads = threads;
    var number = new AtomicInteger();
    this.executor =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              var thread = new Thread(work, "holdfast-" + purpose + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** As many threads as there are processors, within reason. */
  public static Workers start(String purpose) {
    return new Workers(Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MOST), purpose);
  }

  /** How many threads there are. */
  public int threads() {
    return threads;
  }

  /**
   * Has work done.
   *
   * @return whose {@link Future#cancel} drops what was not begun, and says no to what was: that
   *     goes on to its end, for which {@link #await} waits
   */
  public <T> Future<T> submit(Callable<T> work) {
    var given = new Given<T>(work);
    executor.execute(given);
    return given;
  }

  /**
   * Work that is either begun or dropped. One that said it was cancelled while it went on would be
   * waited for by nobody.
   */
  private static final class Given<T> extends FutureTask<T> {
    private final AtomicBoolean decided = new AtomicBoolean();

    Given(Callable<T> work) {
      super(work);
    }

    @Override
    public void run() {
      if (decided.compareAndSet(false, true)) {
        super.run();
      }
    }

    @Override
    public boolean cancel(boolean interrupt) {
      return decided.compareAndSet(false, true) && super.cancel(interrupt);
    }
  }

  /**
   * Waits for work, whatever interrupts, and throws what it threw. An interrupt is kept for later.
   */
  public static <T> T await(Future<T> work) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (InterruptedException interrupt) {
          // Work in flight holds buffers and files: it has to end before anything can be tidied up.
          interrupted = true;
        }
      }
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(failed);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Drops what was not begun of some work, and waits for the rest, whose failures nobody wants to
   * know any more: why it is given up is known to whoever does.
   */
  public static void giveUp(Collection<? extends Future<?>> work) {
    work.forEach(given -> given.cancel(false));
    for (Future<?> given : work) {
      if (!given.isCancelled()) {
        try {
          var unused = await(given);
        } catch (IOException | RuntimeException unwanted) {
          // It has ended, which is all that matters.
        }
      }
    }
  }

  /**
   * Waits for what was begun, for a while: what hangs in a call that nothing can interrupt is left
   * behind on its daemon thread. What was not begun is dropped.
   */
  @Override
  public void close() {
    executor.shutdownNow().forEach(Workers::drop);
    boolean interrupted = false;
    try {
      if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException interrupt) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void drop(Runnable work) {
    if (work instanceof Future<?> future) {
      future.cancel(false);
    }
  }
}
