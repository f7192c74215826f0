package io.holdfast.store.files;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Holds an application still while its directory is read: {@code pause} before, {@code resume}
 * always after, whatever happened in between, a pause that failed half-way included.
 *
 * @param pause what to run before; empty for nothing
 * @param resume what to run after; empty for nothing
 * @param retryDelay how long to wait before a resume that failed is tried again
 */
record Pause(Optional<SourceCommand> pause, Optional<SourceCommand> resume, Duration retryDelay) {
  /** An application that is not held. */
  static final Pause NONE = new Pause(Optional.empty(), Optional.empty(), Duration.ZERO);

  private static final int TRIES = 3;

  /** Whether there is anything to run. */
  boolean isConfigured() {
    return pause.isPresent() || resume.isPresent();
  }

  /** Holds the application; if that fails it is let go again at once. */
  void begin(Cancellation cancellation) {
    try {
      pause.ifPresent(command -> command.run(cancellation));
    } catch (RuntimeException failure) {
      try {
        end();
      } catch (RuntimeException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  /**
   * Lets the application go. A cancelled run does not keep this from running.
   *
   * @throws HoldfastException {@code SOURCE_COMMAND_FAILED} if it failed every time
   */
  void end() {
    if (resume.isEmpty()) {
      return;
    }
    // An interrupt, by which a run may be ended, must not keep the application paused.
    boolean interrupted = Thread.interrupted();
    try {
      resume(resume.get());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void resume(SourceCommand command) {
    for (int left = TRIES; ; left--) {
      try {
        command.run(null);
        return;
      } catch (HoldfastException e) {
        if (left == 1) {
          throw stillPaused(e);
        }
      }
      waitBeforeRetry();
    }
  }

  private void waitBeforeRetry() {
    try {
      TimeUnit.NANOSECONDS.sleep(retryDelay.toNanos());
    } catch (InterruptedException e) {
      throw stillPaused(new HoldfastException(ErrorCode.CANCELLED, "interrupted", "", e));
    }
  }

  private HoldfastException stillPaused(HoldfastException cause) {
    return new HoldfastException(
        ErrorCode.SOURCE_COMMAND_FAILED,
        "THE APPLICATION MAY STILL BE PAUSED: resume failed "
            + TRIES
            + " times; "
            + cause.message(),
        "Run this by hand, now: " + String.join(" ", resume.orElseThrow().arguments()),
        cause);
  }
}
