package io.holdfast.vault.lock;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.RunId;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault.SealedDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A lock that is held. It is put anew every five minutes, as restic does, which takes one of half
 * an hour for that of a dead process. Thread-safe.
 */
public final class VaultLock implements AutoCloseable {
  private static final Duration RENEWAL = Duration.ofMinutes(5);

  private final VaultLocks locks;
  private final LockRole role;
  private final boolean exclusive;
  private final Optional<RunId> run;
  private volatile Thread renewal;
  private final Set<ContentId> files = new LinkedHashSet<>();
  private ContentId id;
  private boolean lost;
  private boolean closed;

  VaultLock(VaultLocks locks, ContentId id, LockRole role, boolean exclusive, Optional<RunId> run) {
    this.locks = locks;
    this.id = id;
    files.add(id);
    this.role = role;
    this.exclusive = exclusive;
    this.run = run;
    this.renewal = renewing();
  }

  private Thread renewing() {
    return Thread.ofVirtual().name("holdfast-vault-lock").start(this::renewals);
  }

  private void renewals() {
    try {
      while (!isGivenBack()) {
        Thread.sleep(RENEWAL);
        try {
          renew();
        } catch (IllegalStateException ended) {
          // The vault: whoever opens it next finds the lock of this process.
          return;
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
   * took this process for dead, and a new lock must not hide that. What could not be removed before
   * is removed now, that of a lock that was given back too.
   */
  synchronized void renew() throws IOException {
    if (!closed && !lost) {
      SealedDocument renewed = locks.draft(role, exclusive, run);
      // Before it is put: should the answer be lost, it is there all the same.
      files.add(renewed.id());
      locks.put(renewed);
      if (locks.isThere(id)) {
        id = renewed.id();
      } else {
        lost = true;
      }
    }
    for (ContentId file : List.copyOf(files)) {
      if (closed || lost || !file.equals(id)) {
        locks.remove(file);
        files.remove(file);
      }
    }
  }

  private synchronized boolean isGivenBack() {
    return closed && files.isEmpty();
  }

  /** Whether this is a file of this lock. */
  synchronized boolean is(ContentId file) {
    return files.contains(file);
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

  /**
   * Gives it back. Closing again does nothing; if this failed, it tries again, and so does what
   * renews the lock, until the vault is closed.
   */
  @Override
  public void close() throws IOException {
    renewal.interrupt();
    synchronized (this) {
      boolean again = closed;
      closed = true;
      try {
        renew();
      } catch (IOException | RuntimeException later) {
        if (!again) {
          renewal = renewing();
        }
        throw later;
      }
    }
  }
}
