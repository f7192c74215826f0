package io.holdfast.vault.backup;

import io.holdfast.engine.run.RunId;
import io.holdfast.vault.lock.VaultLock;
import io.holdfast.vault.lock.VaultLocks;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of runs that this process has taken, so that two installations which count alike, and start
 * in the same second, do not publish two backups of one name. Thread-safe.
 *
 * <p>A vault has no file that only one can make: its files are named after their content. So a name
 * is taken as locks are: put one's own lock, which says the name, then look whether another lock
 * says it, and if so give the own one back. Both may do so; then both try other names.
 */
final class Claims implements AutoCloseable {
  private final Map<RunId, VaultLock> held = new ConcurrentHashMap<>();

  /**
   * Takes a name; false if somebody else is at work on a run of that name. The caller has one
   * backup at a time: what it took before and did not use, it will not.
   */
  boolean take(RunId run, VaultLocks locks) throws IOException {
    close();
    VaultLocks.Claim claim = locks.claim(run);
    if (claim.taken()) {
      ReadingLock.giveBack(claim.lock());
      return false;
    }
    held.put(run, claim.lock());
    return true;
  }

  /** The lock under which a name was taken, which is the caller's from now on. */
  Optional<VaultLock> lock(RunId run) {
    return Optional.ofNullable(held.remove(run));
  }

  /** Gives a name back, unless a backup came to use it. */
  void giveBack(RunId run) {
    lock(run).ifPresent(ReadingLock::giveBack);
  }

  /** Gives back what no backup came to use. */
  @Override
  public void close() {
    List.copyOf(held.keySet()).forEach(this::giveBack);
  }
}
