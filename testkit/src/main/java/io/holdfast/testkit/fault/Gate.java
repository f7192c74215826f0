package io.holdfast.testkit.fault;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.testkit.fault.FaultPlan.Counted;
import io.holdfast.testkit.fault.FaultPlan.Fail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Where every operation passes: numbers it, and lets it happen, fail, or be the last. Safe for any
 * number of threads.
 *
 * <p>Operations hold the shared lock while they touch the disk, and a crash takes the exclusive
 * one: so when a crash is thrown, nothing is on its way to the disk any more, in any thread.
 */
final class Gate {
  /** An operation, or a part of one. */
  @FunctionalInterface
  interface Body<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** A {@link Body} that answers nothing. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  private final FaultPlan plan;
  private final ReentrantReadWriteLock disk = new ReentrantReadWriteLock();
  private final List<Operation> trace = new ArrayList<>();
  private final Set<AutoCloseable> handles = ConcurrentHashMap.newKeySet();
  private long budget;
  private boolean struck;
  private volatile @Nullable String cause;

  Gate(FaultPlan plan) {
    this.plan = plan;
    this.budget = plan.budget().orElse(Long.MAX_VALUE);
  }

  /** An operation that is done or not done, with nothing between. */
  <T extends @Nullable Object> T pass(Operation operation, Body<T> whole) throws IOException {
    return pass(operation, whole, () -> {});
  }

  /** An operation that is done or not done, and answers nothing. */
  void pass(Operation operation, Step step) throws IOException {
    pass(operation, step, () -> {});
  }

  /** An operation that may be struck when half of it is done, and answers nothing. */
  void pass(Operation operation, Step whole, Step half) throws IOException {
    pass(
        operation,
        () -> {
          whole.run();
          return true;
        },
        half);
  }

  /** An operation that may be struck when half of it is done. */
  <T extends @Nullable Object> T pass(Operation operation, Body<T> whole, Step half)
      throws IOException {
    disk.readLock().lock();
    try {
      if (cause == null) {
        if (!strikes(operation)) {
          return whole.run();
        }
        if (plan.effect() instanceof Fail(var reason)) {
          var injected = injected(operation, reason);
          runUpTo(whole, half);
          throw injected;
        }
        die(operation, whole, half);
      }
    } finally {
      disk.readLock().unlock();
    }
    // Also by those who only meet the crash: another thread may still be at the disk.
    release();
    throw new SimulatedCrash("crashed " + cause);
  }

  /** The end of a handle: whatever is said of it, it happens, as with files of the kernel. */
  void close(Operation operation, AutoCloseable handle, Step close) throws IOException {
    try {
      pass(operation, close);
    } catch (IOException failure) {
      close.run();
      throw failure;
    } finally {
      handles.remove(handle);
    }
  }

  /** A handle that the kernel would close when the process dies. */
  <T extends AutoCloseable> T track(T handle) {
    handles.add(handle);
    return handle;
  }

  /** How many of these bytes the disk still takes; they are taken. */
  synchronized long take(long bytes) {
    long taken = Math.min(bytes, budget);
    budget -= plan.budget().isPresent() ? taken : 0;
    return taken;
  }

  synchronized List<Operation> trace() {
    return List.copyOf(trace);
  }

  synchronized boolean struck() {
    return struck;
  }

  private synchronized boolean strikes(Operation operation) {
    if (plan.counted() == Counted.MUTATING && !operation.mutating()) {
      return false;
    }
    trace.add(operation);
    long number = trace.size();
    boolean now = number == plan.at() || (plan.lasting() && number > plan.at());
    struck |= now;
    return now;
  }

  private void runUpTo(Body<?> whole, Step half) throws IOException {
    switch (plan.moment()) {
      case BEFORE -> {}
      case HALFWAY -> half.run();
      case AFTER -> discard(whole.run());
    }
  }

  private void die(Operation operation, Body<?> whole, Step half) {
    try {
      runUpTo(whole, half);
    } catch (IOException itself) {
      // The operation failed of its own; the process dies before it learns that.
    }
    cause = plan.moment() + " operation " + plan.at() + ", " + operation;
  }

  private FileLayerException injected(Operation operation, FileLayerException.Reason reason) {
    return new FileLayerException(
        operation.name(), operation.path(), reason, "injected, operation " + trace().size());
  }

  private void discard(@Nullable Object result) throws IOException {
    var handle = result instanceof Optional<?> optional ? optional.orElse(null) : result;
    if (handle instanceof FaultHandle opened) {
      opened.abandon();
    }
  }

  /** Waits for whoever is still at the disk, then closes what a dead process has no more. */
  private void release() {
    disk.writeLock().lock();
    try {
      for (var handle : handles) {
        try {
          handle.close();
        } catch (Exception ignored) {
          // The kernel tells nobody either.
        }
      }
      handles.clear();
    } finally {
      disk.writeLock().unlock();
    }
  }
}
