package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.lock.LockRole;
import io.holdfast.vault.lock.VaultLock;
import io.holdfast.vault.lock.VaultLocks;
import java.io.IOException;
import java.util.Optional;

/**
 * The lock of one who reads a backup, or looks through a vault, if he can have one: a vault may be
 * mounted read-only, or be held by the lock of a program that died; whoever needs his data back is
 * not refused for that. What he reads is verified; without a lock, a prune could make it fail and
 * not make it wrong.
 *
 * @param lock empty if it could not be had
 */
record ReadingLock(Optional<VaultLock> lock) {
  static final ReadingLock NONE = new ReadingLock(Optional.empty());

  static ReadingLock take(VaultLocks locks) throws IOException {
    try {
      return new ReadingLock(Optional.of(locks.share(LockRole.RESTORE)));
    } catch (HoldfastException e) {
      if (e.code() == ErrorCode.BUSY) {
        return NONE;
      }
      throw e;
    } catch (BackendException e) {
      return switch (e.reason()) {
        case FORBIDDEN, FULL, UNSUPPORTED -> NONE;
        default -> throw e;
      };
    }
  }

  /** Does something that reads a vault while such a lock is held, if it can be. */
  static <T> T during(VaultLocks locks, VaultErrors.Work<T> work) throws IOException {
    ReadingLock lock = take(locks);
    try {
      return work.run();
    } finally {
      lock.close();
    }
  }

  /** Gives it back, see {@link #giveBack}. */
  void close() {
    lock.ifPresent(ReadingLock::giveBack);
  }

  /**
   * Gives a lock back whose holder has done what it was for, so that nothing may fail by it any
   * more. If it cannot be removed, as where these credentials may delete nothing, it is left as
   * that of a process that died.
   */
  static void giveBack(VaultLock lock) {
    try {
      lock.close();
    } catch (IOException | RuntimeException left) {
      // It protects nothing any more, and is removed as stale by whoever it bothers.
    }
  }
}
