package io.holdfast.engine.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the steps of components on threads of their own, each under a deadline that it cannot
 * outstay.
 *
 * <p>A step is first asked to end (its {@link Cancellation}). One that does not within the grace,
 * because it hangs in a system call that nothing can interrupt, such as a read from a dead network
 * mount, is abandoned: its thread is a daemon, and the run goes on without it.
 *
 * <p>Platform threads, since calls into the C library would pin virtual ones to their carriers.
 */
public final class ComponentThreads implements AutoCloseable {
  /** How long a step that was asked to end may take to do so. */
  public static final Duration GRACE = Duration.ofSeconds(10);

  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final Duration grace;

  /**
   * @param name names the threads
   * @param parallelism how many steps may run at once
   * @param grace see {@link #GRACE}
   */
  public ComponentThreads(String name, int parallelism, Duration grace) {
    this.workers =
        Executors.newFixedThreadPool(
            parallelism, Thread.ofPlatform().daemon().name(name + "-", 1).factory());
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name + "-timer").factory());
    this.grace = grace;
  }

  /** Cancels with {@code TIMEOUT} after a time, unless closed before. */
  public Deadline deadline(Cancellation cancellation, Duration after) {
    ScheduledFuture<?> alarm =
        timer.schedule(
            () -> cancellation.cancel(Cancellation.Reason.TIMEOUT),
            after.toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> alarm.cancel(false);
  }

  /**
   * Starts a step when a thread is free. What it returns or throws is in the future; so is its
   * abandonment.
   */
  public <T> CompletableFuture<T> start(Cancellation cancellation, Callable<T> step) {
    return start(cancellation, step, late -> {});
  }

  /**
   * The same.
   *
   * @param late given what the step returned after it had been abandoned, on the step's thread
   */
  public <T> CompletableFuture<T> start(
      Cancellation cancellation, Callable<T> step, Consumer<T> late) {
    var future = new CompletableFuture<T>();
    AutoCloseable watch =
        cancellation.onCancel(() -> {
          ScheduledFuture<?> alarm =
              timer.schedule(
                  () -> future.completeExceptionally(abandoned(cancellation)),
                  grace.toNanos(),
                  TimeUnit.NANOSECONDS);
          var unused = future.whenComplete((value, failure) -> alarm.cancel(false));
        });
    var unused =
        future.whenComplete((value, failure) -> {
          try {
            watch.close();
          } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
          }
        });
    workers.execute(() -> {
      try {
        T result = step.call();
        if (!future.complete(result)) {
          late.accept(result);
        }
      } catch (Throwable failure) {
        future.completeExceptionally(failure);
      }
    });
    return future;
  }

  /**
   * Waits for a step.
   *
   * @throws HoldfastException as the step threw it, or {@code CANCELLED} or {@code TIMEOUT} if it
   *     was abandoned
   */
  public static <T> T await(CompletableFuture<T> step) throws IOException {
    try {
      return step.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HoldfastException(ErrorCode.CANCELLED, "was interrupted", "", interrupted);
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case Error error -> throw error;
        case RuntimeException unchecked -> throw unchecked;
        case IOException io -> throw io;
        case null, default -> throw new UncheckedIOException(new IOException(failed.getCause()));
      }
    }
  }

  private static HoldfastException abandoned(Cancellation cancellation) {
    return new HoldfastException(
        cancellation.reason() == Cancellation.Reason.TIMEOUT
            ? ErrorCode.TIMEOUT
            : ErrorCode.CANCELLED,
        "did not end when it was asked to, and was abandoned",
        "Look for storage that hangs, such as a network mount whose server is gone.");
  }

  /** Does not wait for steps that were abandoned. */
  @Override
  public void close() {
    workers.shutdownNow();
    timer.shutdownNow();
  }

  /** A deadline that has been set. */
  public interface Deadline extends AutoCloseable {
    @Override
    void close();
  }
}
