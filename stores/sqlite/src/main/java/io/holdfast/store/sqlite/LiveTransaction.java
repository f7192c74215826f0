package io.holdfast.store.sqlite;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Replaces the content of a database that others have open, in one transaction of SQLite.
 *
 * <p>SQLite's backup with the live database as its destination takes the write lock, writes the
 * pages through the database's own journal or log, and commits. Other connections see an ordinary
 * commit that changed everything, the schema too; a process that dies half-way leaves an ordinary
 * hot journal, or frames without a commit, which the next reader rolls back.
 *
 * <p>The old content is saved under the same lock, so that no commit of the application falls
 * between what was saved and what was replaced:
 *
 * <ul>
 *   <li>With a write-ahead log, after the first step of the backup: it holds the write lock, has
 *       committed nothing, and another connection can still read the old content.
 *   <li>With a rollback journal nobody else can read then. So this connection keeps its EXCLUSIVE
 *       lock over several transactions ({@code locking_mode}), saves the content itself, and begins
 *       the backup after that.
 * </ul>
 *
 * <p>The driver's backup cannot be told to stop between two steps. It does stop when its source is
 * locked; so the source is one of our own files, and {@link Brake} locks it. Used by one thread.
 */
final class LiveTransaction {
  /** Pages between two looks at the cancellation. */
  private static final int STEP = 2_000;

  private final FileLayer files;
  private final SqliteSettings settings;
  private final LiveNames names;
  private final Cancellation cancellation;

  LiveTransaction(
      FileLayer files, SqliteSettings settings, LiveNames names, Cancellation cancellation) {
    this.files = files;
    this.settings = settings;
    this.names = names;
    this.cancellation = cancellation;
  }

  /**
   * Replaces the content by what is staged, and saves the old content aside.
   *
   * @throws HoldfastException {@code SOURCE_BUSY} if a lock could not be had; nothing was changed
   */
  void replace() throws IOException {
    try (Database target = open(names.live(), Database.Access.WRITE)) {
      if (usesLog(target)) {
        replaceThroughLog(target);
      } else {
        replaceExclusively(target);
      }
    }
  }

  private void replaceThroughLog(Database target) throws IOException {
    try (var brake = new Brake(open(names.staged(), Database.Access.WRITE))) {
      restore(
          target,
          brake,
          () -> {
            try (Database reader = open(names.live(), Database.Access.READ)) {
              reader.pin();
              save(reader);
            }
          });
    }
    try {
      // The whole database went into the log; what can be moved out of it, is.
      target.execute("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (HoldfastException e) {
      // The application will do it.
    }
  }

  private void replaceExclusively(Database target) throws IOException {
    target.execute("PRAGMA locking_mode = EXCLUSIVE");
    target.execute("BEGIN EXCLUSIVE");
    target.execute("COMMIT");
    if (usesLog(target)) {
      throw new HoldfastException(
          ErrorCode.SOURCE_BUSY,
          "database " + names.live() + " changed its journal mode just now",
          "Try again.");
    }
    save(target);
    try (var brake = new Brake(open(names.staged(), Database.Access.WRITE))) {
      restore(target, brake, () -> {});
    }
  }

  /** Copies step by step; saving happens after the first, with the lock held. */
  private void restore(Database target, Brake brake, Saving saving) throws IOException {
    var first = new AtomicBoolean(true);
    try {
      target.restoreFrom(
          names.staged(),
          stepFor(names.staged()),
          (remaining, total) -> {
            try {
              if (first.getAndSet(false)) {
                saving.save();
              }
              cancellation.check();
            } catch (Throwable e) {
              brake.pull(e);
            }
          });
    } catch (HoldfastException e) {
      brake.check();
      throw e;
    }
  }

  /** Fewer than all, so that the first step cannot be the last. */
  private int stepFor(FilePath staged) {
    try (Database source = open(staged, Database.Access.READ)) {
      return Math.clamp(source.number("PRAGMA page_count") - 1, 1, STEP);
    }
  }

  /** Writes down the old content, whole and durable under its final name. */
  private void save(Database old) throws IOException {
    boolean empty = old.number("PRAGMA page_count") == 0;
    long cookie = old.number("PRAGMA schema_version");
    files.create(names.saving(), 0600).close();
    old.backupTo(new Subject(Subject.Role.TARGET, names.saving()));
    if (!empty) {
      try (Database saved = open(names.saving(), Database.Access.WRITE)) {
        saved.execute("PRAGMA journal_mode = DELETE");
        // The backup counted it up. It is how an undo knows that nothing was replaced.
        saved.execute("PRAGMA schema_version = " + cookie);
      }
    }
    files.sync(names.saving());
    files.rename(names.saving(), names.aside());
    files.sync(names.aside().parent());
  }

  /** Puts the saved content back. */
  void putBack() {
    try (Database target = open(names.live(), Database.Access.WRITE)) {
      target.restoreFrom(names.aside(), -1, (remaining, total) -> {});
    }
  }

  private static boolean usesLog(Database database) {
    return database.text("PRAGMA journal_mode").equals("wal");
  }

  private Database open(FilePath path, Database.Access access) {
    return Database.open(
        new Subject(Subject.Role.TARGET, path), access, settings.busyTimeout(), cancellation);
  }

  private interface Saving {
    void save() throws IOException;
  }
}
