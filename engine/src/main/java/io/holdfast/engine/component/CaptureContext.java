package io.holdfast.engine.component;

import io.holdfast.engine.run.Cancellation;
import java.time.Clock;

/** What a handler is given to capture with; the same one accompanies the transfer. Thread-safe. */
public interface CaptureContext {
  /** What a capture is for. */
  enum Purpose {
    /** A backup that somebody will want to restore: a damaged source is refused. */
    BACKUP,
    /**
     * The safety backup before a restore. The live state may be the very wreck that is about to be
     * replaced: what can be read is saved as it is, byte for byte, and what is wrong with it
     * becomes a warning.
     */
    SAFETY
  }

  Purpose purpose();

  Clock clock();

  Cancellation cancellation();

  /**
   * Tells the user, and the manifest, of something that did not make the capture fail: {@code
   * "a/b.log grew while it was read"}.
   */
  void warn(String message);
}
