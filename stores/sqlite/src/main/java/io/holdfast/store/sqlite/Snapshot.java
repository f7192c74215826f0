package io.holdfast.store.sqlite;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.WritableFile;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.Optional;

/**
 * One state of a database, held by a read transaction, and how to copy it.
 *
 * <p>A copy is made in one of two ways that give the same pages.
 *
 * <p><b>From the files</b>, the fast way. While this read transaction lasts, SQLite's own rules
 * keep still what it can see:
 *
 * <ul>
 *   <li>With a rollback journal the transaction holds a SHARED lock, and nobody may write the
 *       database file without an EXCLUSIVE one. The file is the state.
 *   <li>With a write-ahead log, commits are appended to the log. A checkpoint moves into the
 *       database file only frames that every reader can see, so none beyond this transaction's; and
 *       the log is not begun anew while a reader uses it. So the newest frame of each page up to a
 *       committed frame N, at or after this transaction's, and the database file for all other
 *       pages, are the state after frame N: a page that a checkpoint writes meanwhile has a frame
 *       up to N, which is taken instead. N is read from {@code -shm} when the snapshot is pinned,
 *       so it is the state of that moment.
 *   <li>If a checkpoint has moved all N frames, the file alone is that state. It stands still, for
 *       no later frame can be moved.
 *   <li>One case remains. A reader that found the whole log in the database already does not use
 *       the log, which may then be begun anew, after {@code -shm} was read perhaps. The first thing
 *       written to a new log is its head with new salts; so if the head is still the old one after
 *       the last frame was read, all that was read is good.
 * </ul>
 *
 * <p><b>Through SQLite</b>, whenever any of that does not hold: its online backup from this very
 * connection, all pages in one step, which sees exactly what the transaction sees.
 *
 * <p>The database file is read by another process, see {@link OutsideReader}. Used by one thread.
 */
final class Snapshot implements AutoCloseable {
  private final FileLayer files;
  private final DatabaseFile file;
  private final Database database;
  private final Cancellation cancellation;
  private final int pageSize;
  private final long pages;
  private final boolean usesLog;
  private final Optional<WalIndexHeader> log;

  private Snapshot(FileLayer files, DatabaseFile file, Database database, Cancellation cancellation)
      throws IOException {
    this.files = files;
    this.file = file;
    this.database = database;
    this.cancellation = cancellation;
    this.pageSize = (int) database.number("PRAGMA page_size");
    this.pages = database.number("PRAGMA page_count");
    this.usesLog = database.text("PRAGMA journal_mode").equals("wal");
    this.log =
        usesLog
            ? SharedIndex.read(files, file.shm(), cancellation)
                .filter(head -> head.pageSize() == pageSize)
            : Optional.empty();
  }

  /**
   * Pins the state that the database has now.
   *
   * @param mayRepair whether SQLite may roll back what a crashed application left in a journal,
   *     where reading alone does not do, as every program would that opens the database next
   */
  static Snapshot pin(
      FileLayer files,
      DatabaseFile file,
      SqliteSettings settings,
      boolean mayRepair,
      Cancellation cancellation)
      throws IOException {
    Database database =
        openPinned(file, file.accessToRead(files), settings, mayRepair, cancellation);
    try {
      return new Snapshot(files, file, database, cancellation);
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static Database openPinned(
      DatabaseFile file,
      Database.Access access,
      SqliteSettings settings,
      boolean mayRepair,
      Cancellation cancellation) {
    var subject = new Subject(Subject.Role.SOURCE, file.path());
    try {
      return pinned(subject, access, settings, cancellation);
    } catch (HoldfastException e) {
      if (!mayRepair || e.code() != ErrorCode.SOURCE_UNREADABLE) {
        throw e;
      }
      try {
        return pinned(subject, Database.Access.WRITE, settings, cancellation);
      } catch (HoldfastException second) {
        e.addSuppressed(second);
        throw e;
      }
    }
  }

  private static Database pinned(
      Subject subject, Database.Access access, SqliteSettings settings, Cancellation cancellation) {
    Database database = Database.open(subject, access, settings.busyTimeout(), cancellation);
    try {
      database.pin();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Whether the database is in write-ahead mode. */
  boolean usesLog() {
    return usesLog;
  }

  /** Whether a copy will be tried from the files first. */
  boolean isReadFromFiles() throws IOException {
    return (!usesLog || log.isPresent()) && OutsideReader.isPossible(files, file.path());
  }

  /** Bytes of the copy to be made. */
  long size() {
    return pages() * pageSize;
  }

  private long pages() {
    return log.filter(h -> h.frames() > 0).map(WalIndexHeader::pages).orElse(pages);
  }

  /**
   * Writes the state to a file that does not exist, readable by its owner alone. Not synced.
   *
   * @return whether it was read from the files
   */
  boolean copyTo(FilePath destination) throws IOException {
    if (isReadFromFiles() && OutsideReader.isPossible(files, destination)) {
      try {
        copyFiles(destination);
        return true;
      } catch (SnapshotLostException e) {
        LiveNames.remove(files, destination);
      }
    }
    files.create(destination, 0600).close();
    cancellation.check();
    database.backupTo(new Subject(Subject.Role.COPY, destination));
    return false;
  }

  private void copyFiles(FilePath destination) throws IOException {
    try (WritableFile copy = files.create(destination, 0600)) {
      if (log.isEmpty() || log.get().isWhollyMoved()) {
        if (copyDatabase(destination, copy) < pages()) {
          throw new SnapshotLostException("the database is shorter than it says");
        }
        return;
      }
      try (WalFrames frames = WalFrames.open(files, file.wal(), log.get(), cancellation)) {
        frames.patch(copy, copyDatabase(destination, copy), pages(), cancellation);
        frames.confirm();
      }
    }
  }

  /**
   * Copies the database file, without what it has beyond the size that it has by the snapshot.
   *
   * @return how many whole pages of the snapshot were there
   */
  private long copyDatabase(FilePath destination, WritableFile copy) throws IOException {
    OutsideReader.copy(files, file.path(), destination, cancellation);
    long there = files.follow(destination).size() / pageSize;
    // What the file lacks becomes zeros, until the log has filled it.
    copy.setLength(size());
    return Math.min(there, pages());
  }

  @Override
  public void close() {
    database.close();
  }
}
