package io.holdfast.store.files;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.store.files.TreeRestorer.OpenDirectory;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The few threads that write the files of a restore, with a bounded queue. The first failure ends
 * everything: it is thrown to the thread that reads the listing. Threads of the platform, since the
 * calls into the kernel would pin virtual ones.
 */
final class RestoreThreads implements AutoCloseable {
  private static final int MOST_THREADS = 4;
  private static final int MOST_PENDING = 256;

  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS),
          Thread.ofPlatform().name("restore-", 1).factory());
  private final Semaphore room = new Semaphore(MOST_PENDING);
  private final ConcurrentHashMap<TreePath, CountDownLatch> underWay = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** The writing of one file. */
  interface Task {
    void run() throws IOException;
  }

  /** Does something soon, and marks it done in its directory. Waits while too much is waiting. */
  void submit(TreePath path, OpenDirectory directory, Task task) throws IOException {
    acquire(1);
    directory.begin();
    var latch = new CountDownLatch(1);
    underWay.put(path, latch);
    executor.execute(() -> {
      try {
        if (failure.get() == null) {
          task.run();
          directory.done();
        }
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
      } finally {
        underWay.remove(path, latch);
        latch.countDown();
        room.release();
      }
    });
  }

  /** Marks a directory as left by the listing. A failure is kept for {@link #check}. */
  void done(OpenDirectory directory) {
    try {
      directory.done();
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Waits until a file is written, if it is being written. */
  void await(TreePath path) throws IOException {
    CountDownLatch latch = underWay.get(path);
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    check();
  }

  /** Throws what has failed so far. */
  void check() throws IOException {
    switch (failure.get()) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IOException(e);
    }
  }

  /** Waits for everything. */
  void finish() throws IOException {
    acquire(MOST_PENDING);
    room.release(MOST_PENDING);
    check();
  }

  private void acquire(int permits) throws IOException {
    try {
      room.acquire(permits);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted while files were being written", e);
  }

  /** No thread touches the tree any more when this returns. */
  @Override
  public void close() {
    failure.compareAndSet(null, new IOException("given up"));
    executor.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (executor.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        // What is being written has to end before it can be removed; cancellation ends it soon.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
