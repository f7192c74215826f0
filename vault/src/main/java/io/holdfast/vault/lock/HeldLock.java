package io.holdfast.vault.lock;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.LockFile;
import java.util.Optional;

/**
 * A lock in a vault, held by somebody.
 *
 * @param id the name of its file
 * @param lock what it says
 */
public record HeldLock(ContentId id, LockFile lock) {
  /** What it is held for; empty if another program holds it. */
  public Optional<LockRole> role() {
    return LockRole.of(lock.username());
  }

  /** Whose it is: stays the same when a lock is put anew. */
  public Holder holder() {
    return new Holder(lock.hostname(), lock.pid());
  }

  boolean is(LockRole role) {
    return role().filter(role::equals).isPresent();
  }

  /** As in a message: "process 7 of somebody on a machine". */
  public String describe() {
    return "process " + lock.pid() + " of " + lock.username() + " on " + lock.hostname();
  }

  /**
   * A process that holds locks.
   *
   * @param hostname its machine
   * @param pid its number there
   */
  public record Holder(String hostname, long pid) {}
}
