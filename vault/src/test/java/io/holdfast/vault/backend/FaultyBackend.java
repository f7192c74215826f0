package io.holdfast.vault.backend;

import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.BackendFault.Counted;
import io.holdfast.vault.backend.BackendFault.Moment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A backend that does what another one does, until its plan says otherwise: an operation fails, or
 * the process "dies", before or after the k-th operation.
 *
 * <p>A death throws {@link BackendCrash} in whatever thread it strikes, and then from every further
 * call of any thread, {@link #close} excepted. When the first one is thrown, nothing is on its way
 * to the storage any more.
 *
 * <p>The exhaustive form of a test: run with {@link BackendFault#crashBefore}(k) for k = 1, 2, 3 …
 * until {@link #struck} stays false. With one thread, the same work gives the same numbers.
 */
public final class FaultyBackend extends InterceptedBackend {
  private static final long DYING = -1;

  private final BackendFault fault;
  private final List<String> trace = new ArrayList<>();
  private final ReentrantReadWriteLock storage = new ReentrantReadWriteLock(true);
  private boolean struck;
  private volatile @Nullable String death;

  /** Does by means of {@code inner} what the plan lets happen, and closes it in the end. */
  public FaultyBackend(Backend inner, BackendFault fault) {
    super(inner);
    this.fault = fault;
  }

  /** The operations that were counted so far; operation {@code k} is at index {@code k - 1}. */
  public synchronized List<String> trace() {
    return List.copyOf(trace);
  }

  /** Whether the planned operation was reached, so that the fault has struck. */
  public synchronized boolean struck() {
    return struck;
  }

  @Override
  <T extends @Nullable Object> T intercept(Operation operation, String subject, Call<T> call)
      throws IOException {
    storage.readLock().lock();
    try {
      if (death == null) {
        long number = strikes(operation, subject);
        if (number == 0) {
          return call.run();
        }
        if (number != DYING) {
          if (fault.failure().isPresent()) {
            fail(operation, subject, call, fault.failure().get(), number);
          }
          die(operation, subject, call, number);
        }
      }
    } finally {
      storage.readLock().unlock();
    }
    // Also by those who only meet the death: another thread may still be at the storage.
    storage.writeLock().lock();
    storage.writeLock().unlock();
    throw new BackendCrash("died " + death);
  }

  private void fail(Operation operation, String subject, Call<?> call, Reason reason, long number)
      throws IOException {
    if (fault.moment() == Moment.AFTER) {
      call.run();
    }
    throw new BackendException(operation.word(), subject, reason, "injected, number " + number);
  }

  private void die(Operation operation, String subject, Call<?> call, long number) {
    try {
      if (fault.moment() == Moment.AFTER) {
        call.run();
      }
    } catch (IOException itself) {
      // The operation failed of its own; the process dies before it learns that.
    }
    death = fault.moment() + " operation " + number + ", " + operation.word() + " " + subject;
  }

  /** The number of this operation if it is struck, or 0; {@link #DYING} if another one kills. */
  private synchronized long strikes(Operation operation, String subject) {
    if (struck && fault.failure().isEmpty()) {
      return DYING;
    }
    if (fault.counted() == Counted.MUTATING && !operation.mutating()) {
      return 0;
    }
    trace.add(operation.word() + " " + subject);
    long number = trace.size();
    boolean now = number == fault.at() || (fault.lasting() && number > fault.at());
    struck |= now;
    return now ? number : 0;
  }
}
