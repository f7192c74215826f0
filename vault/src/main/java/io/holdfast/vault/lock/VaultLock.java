package io.holdfast.vault.lock;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.vault.ContentId;
import java.io.IOException;
import java.time.Duration;

/**
 * A lock that is held. It is put anew every five minutes, as restic does, which takes one of half
 * an hour for that of a dead process. Thread-safe.
 */
public final class VaultLock implements AutoCloseable {
  private static final Duration RENEWAL = Duration.ofMinutes(5);

  private final VaultLocks locks;
  private final LockRole role;
  private final boolean exclusive;
  private final Thread renewal;
  private ContentId id;
  private boolean lost;
  private boolean closed;

  VaultLock(VaultLocks locks, ContentId id, LockRole role, boolean exclusive) {
    this.locks = locks;
    this.id = id;
    this.role = role;
    this.exclusive = exclusive;
    this.renewal = Thread.ofVirtual().name("holdfast-vault-lock").start(this::renewals);
  }

  private void renewals() {
    try {
      while (true) {
        Thread.sleep(RENEWAL);
        try {
          renew();
        } catch (IOException | RuntimeException later) {
          // Tried again; whether it is still there is asked before anything depends on it.
        }
      }
    } catch (InterruptedException closing) {
      // It is given back.
    }
  }

  /**
   * Puts it anew: the new one is there before the old one goes. If somebody removed the old one, he
   * took this process for dead, and a new lock must not hide that.
   */
  synchronized void renew() throws IOException {
    if (closed || lost) {
      return;
    }
    ContentId before = id;
    ContentId renewed = locks.put(role, exclusive);
    if (locks.isThere(before)) {
      id = renewed;
      locks.remove(before);
    } else {
      lost = true;
      locks.remove(renewed);
    }
  }

  /** Whether this is the file of the lock now. */
  synchronized boolean is(ContentId file) {
    return id.equals(file);
  }

  /**
   * Goes on if the lock is still there.
   *
   * @throws HoldfastException {@code INTERRUPTED} if somebody removed it: what it protected may
   *     have been changed since
   */
  public synchronized void require() throws IOException {
    if (closed || lost || !locks.isThere(id)) {
      throw new HoldfastException(
          ErrorCode.INTERRUPTED,
          "somebody removed the lock that this run held on the vault",
          "What the run relied on may be gone, so it was given up. Run it again.");
    }
  }

  /** Whether a prune goes on at the same time. */
  public boolean isBesidePrune() throws IOException {
    return locks.list().held().stream().anyMatch(held -> held.is(LockRole.PRUNE) && !is(held.id()));
  }

  /** Gives it back. Closing again does nothing. */
  @Override
  public void close() throws IOException {
    renewal.interrupt();
    synchronized (this) {
      if (!closed) {
        closed = true;
        locks.remove(id);
      }
    }
  }
}
