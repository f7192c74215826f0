package io.holdfast.server.target;

import io.holdfast.engine.file.FilePath;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.local.LocalBackend;
import java.io.IOException;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One vault that somebody keeps at this server. Thread-safe.
 *
 * <p>Its files, lists included, go in and out by a bounded number of transfers at once, so that the
 * machines of one target, however slow, leave room for those of all others.
 */
final class Target implements AutoCloseable {
  /** restic opens five connections, unless it is told otherwise. */
  static final int TRANSFERS = 64;

  private static final long RETRY_SECONDS = 5;

  private final String name;
  private final FilePath directory;
  private final LocalBackend files;
  private final Quota quota;
  private final Tally tally = new Tally();
  private final Semaphore transfers = new Semaphore(TRANSFERS);
  private final AtomicBoolean full = new AtomicBoolean();

  Target(String name, FilePath directory, LocalBackend files, OptionalLong quota, Clock clock) {
    this.name = name;
    this.directory = directory;
    this.files = files;
    this.quota = new Quota(quota, files, clock);
  }

  /** Removes what uploads left behind whose process died. */
  void tidy() throws IOException {
    try {
      files.tidy();
    } catch (BackendException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
    }
  }

  String name() {
    return name;
  }

  FilePath directory() {
    return directory;
  }

  LocalBackend files() {
    return files;
  }

  Quota quota() {
    return quota;
  }

  Tally tally() {
    return tally;
  }

  TargetFigures figures() {
    return tally.figures(quota.used());
  }

  /** There is no room; whether that is new. */
  boolean becomesFull() {
    return !full.getAndSet(true);
  }

  /** Something was stored. */
  void hasRoom() {
    full.set(false);
  }

  /** A transfer that is under way. */
  interface Transfer extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins a transfer.
   *
   * @throws ProblemException 503 if too many are under way
   */
  Transfer transfer() {
    if (!transfers.tryAcquire()) {
      throw new ProblemException(
          new Problem(
              ProblemCode.SERVICE_UNAVAILABLE,
              "Too many transfers of this target are under way",
              OptionalLong.of(RETRY_SECONDS)));
    }
    return transfers::release;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
