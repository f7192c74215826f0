package io.holdfast.vault.lock;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.RunId;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.Vault.SealedDocument;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.LockFile;
import io.holdfast.vault.format.Timestamp;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes locks as restic does, so that nobody prunes under a backup and no backup begins under a
 * prune: put one's own lock, then look whether others forbid it, and if so take it back.
 *
 * <p>Locks of the format are advice between programs, and a program that died leaves its own
 * behind. Here one counts as dead only if its process was on this machine and is not there any
 * more. A clock is asked by {@link #unlock}, which people call, and where the process had the
 * number of this one, as in a container that was started again. Thread-safe.
 */
public final class VaultLocks {
  /** After so long without renewal restic takes a lock for stale. */
  private static final Duration STALE = Duration.ofMinutes(30);

  private final Vault vault;
  private final Vault release;
  private final LockOwner owner;
  private final Clock clock;
  private final LongPredicate isAlive;

  /**
   * @param isAlive whether a process of this machine is there
   */
  public VaultLocks(Vault vault, LockOwner owner, Clock clock, LongPredicate isAlive) {
    this(vault, vault, owner, clock, isAlive);
  }

  /**
   * @param release the same vault, through which locks are given back
   * @param isAlive whether a process of this machine is there
   */
  public VaultLocks(
      Vault vault, Vault release, LockOwner owner, Clock clock, LongPredicate isAlive) {
    this.vault = vault;
    this.release = release;
    this.owner = owner;
    this.clock = clock;
    this.isAlive = isAlive;
  }

  /** The locks that are there, those of the dead among them. */
  public LockList list() throws IOException {
    return LockList.read(vault);
  }

  /** Whether whoever holds a lock has surely died. */
  public boolean isDead(HeldLock held) {
    if (!held.lock().hostname().equals(owner.hostname())) {
      return false;
    }
    return held.lock().pid() == owner.pid()
        ? isOfAnotherStart(held) && isStale(held)
        : !isAlive.test(held.lock().pid());
  }

  /**
   * Whether a process of the number of this one that began at another time put it. That one has
   * most likely ended; but two containers may share a host name, so one that renews its lock is
   * believed to be alive.
   */
  private boolean isOfAnotherStart(HeldLock held) {
    return held.role().filter(role -> !owner.isMark(held.lock().username(), role)).isPresent();
  }

  /**
   * Takes a lock that others may hold at the same time.
   *
   * @param role {@code BACKUP} or {@code RESTORE}
   * @throws HoldfastException {@code BUSY} if another program has the vault for itself
   */
  public VaultLock share(LockRole role) throws IOException {
    return take(role, false);
  }

  /**
   * Takes the lock of a backup that others may hold at the same time, and lets them see of which
   * run it is.
   *
   * @throws HoldfastException {@code BUSY} if another program has the vault for itself
   */
  public VaultLock share(RunId run) throws IOException {
    return claim(run).lock();
  }

  /**
   * A lock that was taken for a run.
   *
   * @param taken whether somebody else who may be alive is at work on a run of the same name. Of
   *     two who hold their locks, at least one is told
   */
  public record Claim(VaultLock lock, boolean taken) {}

  /**
   * As {@link #share(RunId)}, for one who has to know whether the name is his alone.
   *
   * @return whose lock is held, and is the caller's, either way
   */
  public Claim claim(RunId run) throws IOException {
    SealedDocument draft = draft(LockRole.BACKUP, false, Optional.of(run));
    LockList there = put(LockRole.BACKUP, draft);
    boolean taken =
        there.held().stream()
            .anyMatch(held ->
                LockOwner.isFor(held.lock().username(), run)
                    && !held.id().equals(draft.id())
                    && !isDead(held));
    return new Claim(
        new VaultLock(this, draft.id(), LockRole.BACKUP, false, Optional.of(run)), taken);
  }

  /**
   * Takes the lock of a prune: other programs see that the vault is taken, and backups and restores
   * of Holdfast go on beside it.
   *
   * @throws HoldfastException {@code BUSY} if another program is at work, or another prune
   */
  public VaultLock prune() throws IOException {
    return take(LockRole.PRUNE, true);
  }

  private VaultLock take(LockRole role, boolean exclusive) throws IOException {
    SealedDocument draft = draft(role, exclusive, Optional.empty());
    var unused = put(role, draft);
    return new VaultLock(this, draft.id(), role, exclusive, Optional.empty());
  }

  /**
   * Puts one's own lock, unless others forbid it.
   *
   * @return what is there with it
   */
  private LockList put(LockRole role, SealedDocument draft) throws IOException {
    // Before the own one is there, so that a vault that is taken is not written to.
    requireFree(role, LockList.glance(vault), null);
    try {
      put(draft);
      LockList there = list();
      requireFree(role, there, draft.id());
      return there;
    } catch (IOException | RuntimeException | Error e) {
      // It may be there even if putting it failed.
      remove(draft.id(), e);
      throw e;
    }
  }

  private void requireFree(LockRole role, LockList list, @Nullable ContentId own) {
    if (role == LockRole.PRUNE && !list.unreadable().isEmpty()) {
      throw busy(
          "it has a lock that cannot be read, locks/" + list.unreadable().getFirst(),
          "If nobody is at work on the vault, `holdfast repository unlock --remove-all` removes"
              + " it.");
    }
    for (HeldLock other : list.held()) {
      if (!Objects.equals(other.id(), own) && !isDead(other) && forbids(other, role)) {
        throw busy(
            other.describe()
                + (other.lock().exclusive() ? " has it for itself" : " is at work")
                + " since "
                + other.lock().time(),
            "Wait until it has ended. If that process is gone for good, `holdfast repository unlock"
                // One that was renewed a moment ago is not given up by age alone.
                + (isStale(other) ? "` removes its lock." : " --remove-all` removes its lock."));
      }
    }
  }

  private static boolean forbids(HeldLock other, LockRole role) {
    return role == LockRole.PRUNE
        ? other.role().isEmpty() || other.is(LockRole.PRUNE)
        : other.lock().exclusive() && !other.is(LockRole.PRUNE);
  }

  private static HoldfastException busy(String why, String guidance) {
    return new HoldfastException(ErrorCode.BUSY, "the vault is in use: " + why, guidance);
  }

  /**
   * Who else is at work, or may be. Locks of the dead are removed: should one of them be alive
   * after all, in a container that cannot be seen from here, he finds his lock gone and publishes
   * nothing.
   *
   * @param own which lock is one's own
   * @return those of others; whose the unreadable ones are, nobody knows
   */
  public LockList others(VaultLock own) throws IOException {
    LockList list = list();
    var others = new ArrayList<HeldLock>();
    for (HeldLock held : list.held()) {
      if (isDead(held)) {
        remove(held.id());
      } else if (!own.is(held.id())) {
        others.add(held);
      }
    }
    return new LockList(others, list.unreadable().stream().filter(id -> !own.is(id)).toList());
  }

  /**
   * Removes locks of processes that are gone as restic judges it: that are not there any more, if
   * they were on this machine, or have not renewed their lock for half an hour.
   *
   * @param all whether to remove all others too, even those that cannot be read
   * @return those that were removed
   */
  public List<ContentId> unlock(boolean all) throws IOException {
    LockList list = list();
    var removed = new ArrayList<ContentId>();
    for (HeldLock held : list.held()) {
      if (all || isDead(held) || isStale(held)) {
        remove(held.id());
        removed.add(held.id());
      }
    }
    if (all) {
      for (ContentId unreadable : list.unreadable()) {
        remove(unreadable);
        removed.add(unreadable);
      }
    }
    return removed;
  }

  private boolean isStale(HeldLock held) {
    return held.lock().time().instant().isBefore(clock.instant().minus(STALE));
  }

  SealedDocument draft(LockRole role, boolean exclusive, Optional<RunId> run) {
    var lock =
        new LockFile(
            Timestamp.of(clock.instant(), ZoneOffset.UTC),
            exclusive,
            owner.hostname(),
            owner.mark(role, run),
            owner.pid(),
            0,
            0);
    return vault.seal(lock.encode());
  }

  void put(SealedDocument draft) throws IOException {
    vault.write(FileType.LOCK, draft.id(), draft.content());
  }

  boolean isThere(ContentId id) throws IOException {
    return vault.backend().exists(FileId.of(FileType.LOCK, id));
  }

  void remove(ContentId id) throws IOException {
    release.backend().delete(FileId.of(FileType.LOCK, id));
  }

  private void remove(ContentId id, Throwable because) {
    try {
      remove(id);
    } catch (IOException | RuntimeException left) {
      because.addSuppressed(left);
    }
  }
}
