package io.holdfast.store.sqlite;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A task on a thread of its own that has ended, one way or the other, when this is closed. */
final class Alongside<T> implements AutoCloseable {
  private final FutureTask<T> task;
  private final Thread thread;

  private Alongside(String name, Callable<T> work) {
    task = new FutureTask<>(work);
    thread = Thread.ofPlatform().name(name).daemon().start(task);
  }

  static <T> Alongside<T> start(String name, Callable<T> work) {
    return new Alongside<>(name, work);
  }

  /** Waits for the result. */
  T result() throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IOException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while waiting for " + thread.getName());
    }
  }

  /** Waits until the task is over; to make it end early, cancel what it works for first. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
