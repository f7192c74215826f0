package io.holdfast.vault.backup;

import io.holdfast.engine.run.Cancellation;
import java.io.IOException;

/**
 * Lets one after the other ask a storage, which may be away for as long as somebody has patience:
 * unlike at a monitor, whoever is cancelled waits for his turn no longer. Not reentrant;
 * thread-safe.
 */
final class Turn {
  private boolean taken;

  /**
   * Does something alone.
   *
   * @param wish ends the waiting, and nothing of the work
   * @throws io.holdfast.engine.error.HoldfastException {@code CANCELLED} or {@code TIMEOUT} if it
   *     is somebody else's turn and nobody waits for his own any more
   */
  <T> T during(Cancellation wish, VaultErrors.Work<T> work) throws IOException {
    take(wish);
    try {
      return work.run();
    } finally {
      giveBack();
    }
  }

  private void take(Cancellation wish) {
    boolean interrupted = false;
    try (var listening = wish.onCancel(this::wake)) {
      synchronized (this) {
        while (taken) {
          wish.check();
          try {
            wait();
          } catch (InterruptedException later) {
            // Whoever is to stop is cancelled; an interrupt ends what the storage is asked next.
            interrupted = true;
          }
        }
        taken = true;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void wake() {
    notifyAll();
  }

  private synchronized void giveBack() {
    taken = false;
    notifyAll();
  }
}
