package io.holdfast.vault.lock;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.LockFile;
import io.holdfast.vault.format.Timestamp;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Takes locks as restic does, so that nobody prunes under a backup and no backup begins under a
 * prune: put one's own lock, then look whether others forbid it, and if so take it back.
 *
 * <p>Locks of the format are advice between programs, and a program that died leaves its own
 * behind. Here one counts as dead only if its process was on this machine and is not there any
 * more; a clock is not asked. Thread-safe.
 */
public final class VaultLocks {
  private final Vault vault;
  private final LockOwner owner;
  private final Clock clock;
  private final LongPredicate isAlive;

  /**
   * @param isAlive whether a process of this machine is there
   */
  public VaultLocks(Vault vault, LockOwner owner, Clock clock, LongPredicate isAlive) {
    this.vault = vault;
    this.owner = owner;
    this.clock = clock;
    this.isAlive = isAlive;
  }

  /**
   * A lock in a vault.
   *
   * @param id the name of its file
   * @param lock what it says
   */
  public record Held(ContentId id, LockFile lock) {}

  /** The locks that are there, those of the dead among them. */
  public List<Held> list() throws IOException {
    var held = new ArrayList<Held>();
    for (Backend.Listed file : vault.backend().list(FileType.LOCK)) {
      try {
        byte[] json = vault.readDocument(FileType.LOCK, file.id());
        held.add(new Held(file.id(), LockFile.decode(json, "locks/" + file.id())));
      } catch (BackendException e) {
        if (e.reason() != BackendException.Reason.NOT_FOUND) {
          throw e;
        }
        // Given back since it was listed.
      }
    }
    return held;
  }

  /** Whether whoever holds a lock has surely died. */
  public boolean isDead(Held held) {
    return held.lock().hostname().equals(owner.hostname())
        && held.lock().pid() != owner.pid()
        && !isAlive.test(held.lock().pid());
  }

  /**
   * Takes a lock that others may hold at the same time.
   *
   * @throws HoldfastException {@code BUSY} if somebody has the vault for himself
   */
  public VaultLock share() throws IOException {
    return take(false);
  }

  /**
   * Takes the vault for oneself.
   *
   * @throws HoldfastException {@code BUSY} if anybody else is at work
   */
  public VaultLock own() throws IOException {
    return take(true);
  }

  private VaultLock take(boolean exclusive) throws IOException {
    // Before the own one is there, so that a vault that is taken is not written to.
    requireFree(exclusive, null);
    ContentId id = put(exclusive);
    try {
      requireFree(exclusive, id);
    } catch (IOException | RuntimeException e) {
      remove(id, e);
      throw e;
    }
    return new VaultLock(this, id, exclusive);
  }

  private void requireFree(boolean exclusive, @org.jspecify.annotations.Nullable ContentId own)
      throws IOException {
    for (Held other : list()) {
      if (other.id().equals(own) || isDead(other)) {
        continue;
      }
      if (exclusive || other.lock().exclusive()) {
        throw new HoldfastException(
            ErrorCode.BUSY,
            "the vault is in use: process "
                + other.lock().pid()
                + " of "
                + other.lock().username()
                + " on "
                + other.lock().hostname()
                + (other.lock().exclusive() ? " has it for itself" : " is at work")
                + " since "
                + other.lock().time(),
            "Wait until it has ended. If that process is gone for good, `restic unlock` removes its"
                + " lock.");
      }
    }
  }

  ContentId put(boolean exclusive) throws IOException {
    var lock =
        new LockFile(
            Timestamp.of(clock.instant(), ZoneOffset.UTC),
            exclusive,
            owner.hostname(),
            owner.username(),
            owner.pid(),
            0,
            0);
    return vault.writeDocument(FileType.LOCK, lock.encode());
  }

  boolean isThere(ContentId id) throws IOException {
    return vault.backend().exists(FileId.of(FileType.LOCK, id));
  }

  void remove(ContentId id) throws IOException {
    vault.backend().delete(FileId.of(FileType.LOCK, id));
  }

  private void remove(ContentId id, Exception because) {
    try {
      remove(id);
    } catch (IOException | RuntimeException left) {
      because.addSuppressed(left);
    }
  }
}
