package io.holdfast.vault.backend.rest;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** What a server of a test does wrong, to which requests. */
public final class FaultSwitch {
  /** The ways to go wrong. */
  public enum Kind {
    NONE,
    /** The status, instead of doing anything. */
    STATUS,
    /** It is done, and then the connection breaks before an answer. */
    LOST_ANSWER,
    /** The connection breaks before anything is done. */
    REFUSED,
    /** Half of the body, then the connection breaks. */
    RESET,
    /** Half of the body, as if it were all. */
    SHORT,
    /** One byte more than was asked for. */
    LONG,
    /** The right length, from the beginning of the file whatever was asked for. */
    WRONG_PART,
    /** All of the file with status 200, whatever was asked for. */
    NO_RANGES,
    /** Nothing at all, until released. */
    SILENT,
    /** Half of the body, then nothing until released. */
    STALL,
    /** Half of the request's body is read, and no more until released. */
    STALL_UPLOAD,
    /** A failure that is explained without end. */
    ENDLESS,
    /** Text that is no list. */
    GARBAGE,
    /** A list as of version 1. */
    VERSION_1
  }

  private record Plan(Kind kind, int status, Predicate<String> requests) {}

  private static final Plan NONE = new Plan(Kind.NONE, 0, request -> false);

  private final AtomicReference<Plan> plan = new AtomicReference<>(NONE);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /** From now on every request of this method goes wrong: {@code GET}; empty for all. */
  public void set(Kind kind, String method) {
    plan.set(new Plan(kind, 0, request -> method.isEmpty() || request.equals(method)));
  }

  /** From now on every request of this method is answered with a status. */
  public void set(int status, String method) {
    plan.set(new Plan(Kind.STATUS, status, request -> method.isEmpty() || request.equals(method)));
  }

  public void clear() {
    plan.set(NONE);
  }

  /** What goes wrong with a request of this method. */
  public Kind kind(String method) {
    Plan now = plan.get();
    return now.requests().test(method) ? now.kind() : Kind.NONE;
  }

  public int status() {
    return plan.get().status();
  }

  /** Holds a request up until released. */
  public void holdUp() {
    reached.countDown();
    await(released);
  }

  /** Waits until a request is held up. */
  public void awaitHeldUp() {
    await(reached);
  }

  /** Lets go of what is held up. */
  public void release() {
    released.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
