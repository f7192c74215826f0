package io.holdfast.engine.repository.transfer;

import io.holdfast.engine.run.Cancellation;
import java.util.function.LongConsumer;

/**
 * Asked at every block of bytes: may it go on, and how far is it. Thread-safe if the consumer is.
 *
 * @param cancellation asked before
 * @param progress told after
 */
public record Meter(Cancellation cancellation, LongConsumer progress) {
  /** Goes on, or throws. */
  public void check() {
    cancellation.check();
  }

  /** Bytes were dealt with. */
  public void passed(long bytes) {
    if (bytes > 0) {
      progress.accept(bytes);
    }
  }
}
