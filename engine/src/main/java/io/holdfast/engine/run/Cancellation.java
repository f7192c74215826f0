package io.holdfast.engine.run;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The wish that something end early, with its reason; asked for at every block of bytes.
 *
 * <p>A tree: cancelling a run cancels its components, not the reverse. Thread-safe.
 */
public final class Cancellation {
  /** Why to stop. */
  public enum Reason {
    /** Somebody asked for it. */
    CANCELLED,
    /** It took longer than it may. */
    TIMEOUT,
    /** Something else in the same run failed, so that going on is useless. */
    ABANDONED
  }

  private final @Nullable Cancellation parent;
  private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Cancellation> children = new CopyOnWriteArrayList<>();

  public Cancellation() {
    this(null);
  }

  private Cancellation(@Nullable Cancellation parent) {
    this.parent = parent;
  }

  /** A part that can be cancelled alone and is cancelled with the whole. */
  public Cancellation child() {
    var child = new Cancellation(this);
    children.add(child);
    Reason already = reason();
    if (already != null) {
      child.cancel(already);
    }
    return child;
  }

  /** Asks for the end. The first reason stays; listeners run once, on this thread. */
  public void cancel(Reason why) {
    if (reason.compareAndSet(null, why)) {
      for (Runnable listener : listeners) {
        listener.run();
      }
      for (Cancellation child : children) {
        child.cancel(why);
      }
    }
  }

  /** Why to stop, or null to go on. */
  public @Nullable Reason reason() {
    Reason own = reason.get();
    return own != null || parent == null ? own : parent.reason();
  }

  public boolean isCancelled() {
    return reason() != null;
  }

  /** What was to be run on cancellation; closed when it is not wanted any more. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Runs something on cancellation, at once if that has already happened: kill a child process,
   * interrupt a statement.
   */
  public Registration onCancel(Runnable action) {
    var once =
        new Runnable() {
          private boolean ran;

          @Override
          public synchronized void run() {
            if (!ran) {
              ran = true;
              action.run();
            }
          }
        };
    listeners.add(once);
    if (isCancelled()) {
      once.run();
    }
    return () -> listeners.remove(once);
  }

  /**
   * Goes on, or throws.
   *
   * @throws HoldfastException with {@code CANCELLED} or {@code TIMEOUT}
   */
  public void check() {
    Reason why = reason();
    if (why != null) {
      throw why == Reason.TIMEOUT
          ? new HoldfastException(
              ErrorCode.TIMEOUT,
              "took longer than its timeout",
              "Raise the timeout, or find out what was slow.")
          : new HoldfastException(ErrorCode.CANCELLED, "was cancelled", "");
    }
  }
}
