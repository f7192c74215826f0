package io.holdfast.server.target;

import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.local.LocalBackend;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much one target may take. What is on its way counts too, so that many uploads at once do not
 * pass what one of them may not.
 *
 * <p>The files are counted once, and then added to and taken from. Whoever works in the directory
 * itself (prune on this machine) is not seen; so before anything is refused they are counted again,
 * unless that was done within the last minute: whoever is refused shall not keep the disk busy.
 *
 * <p>Thread-safe.
 */
final class Quota {
  /**
   * How far those may go beyond the quota who are to get below it again: a restore and a prune
   * begin with a lock, and a prune writes indexes before it deletes.
   */
  static final long RESERVE = 64L << 20;

  private static final Duration FRESH = Duration.ofMinutes(1);

  private final OptionalLong most;
  private final LocalBackend files;
  private final Clock clock;
  private final Object deleting = new Object();

  /** Written under the lock; read without it, so that nobody who looks waits for a count. */
  private volatile @Nullable Instant counted;

  private volatile long stored;
  private long coming;

  /**
   * @param most bytes; empty for as many as there is room for
   */
  Quota(OptionalLong most, LocalBackend files, Clock clock) {
    this.most = most;
    this.files = files;
    this.clock = clock;
  }

  /** Room for a file that is on its way. Used by one thread at a time. */
  final class Room implements AutoCloseable {
    private final long beyond;
    private long taken;

    private Room(long beyond) {
      this.beyond = beyond;
    }

    /**
     * Takes more.
     *
     * @throws ProblemException 507 if there is none
     */
    void grow(long bytes) throws IOException {
      take(bytes, beyond);
      taken += bytes;
    }

    /** So much is enough, if that is more than was taken. */
    void reach(long bytes) throws IOException {
      if (bytes > taken) {
        grow(bytes - taken);
      }
    }

    /** The file is stored. */
    void keep() {
      settle(taken, true);
      taken = 0;
    }

    /** Gives back what was not kept. */
    @Override
    public void close() {
      settle(taken, false);
      taken = 0;
    }
  }

  /** Room within the quota. */
  Room room() {
    return new Room(0);
  }

  /** Room that may be in the reserve beyond the quota. */
  Room reserved() {
    return new Room(RESERVE);
  }

  /**
   * Deletes a file, and counts it as gone. One after the other: of two who delete the same one, the
   * second finds it gone already, and nothing is counted twice.
   *
   * @throws io.holdfast.vault.backend.BackendException {@code NOT_FOUND} if there is none
   */
  void delete(FileId file) throws IOException {
    synchronized (deleting) {
      long size = files.size(file);
      files.delete(file);
      freed(size);
    }
  }

  /** A file of this size is gone. */
  synchronized void freed(long bytes) {
    stored = Math.max(0, stored - bytes);
  }

  /** What is stored, if that is known. */
  OptionalLong used() {
    return counted == null ? OptionalLong.empty() : OptionalLong.of(stored);
  }

  private synchronized void take(long bytes, long beyond) throws IOException {
    if (most.isEmpty()) {
      return;
    }
    Instant last = counted;
    if (last == null || (isOver(bytes, beyond) && isOld(last))) {
      stored = count();
      counted = clock.instant();
    }
    if (isOver(bytes, beyond)) {
      throw new ProblemException(
          new Problem(
              ProblemCode.INSUFFICIENT_STORAGE,
              "The quota of this target is used up: it may take " + most.getAsLong() + " bytes"));
    }
    coming += bytes;
  }

  private synchronized void settle(long bytes, boolean kept) {
    if (most.isPresent()) {
      coming -= bytes;
      stored += kept ? bytes : 0;
    }
  }

  private boolean isOver(long bytes, long beyond) {
    return stored + coming + bytes > most.getAsLong() + beyond;
  }

  private boolean isOld(Instant when) {
    Instant now = clock.instant();
    // A clock that was set back counts as old too.
    return now.isBefore(when) || !now.isBefore(when.plus(FRESH));
  }

  private long count() throws IOException {
    var sum = new long[1];
    for (FileType type : FileType.values()) {
      if (type != FileType.CONFIG) {
        files.each(type, file -> sum[0] += file.size());
      }
    }
    return sum[0];
  }
}
