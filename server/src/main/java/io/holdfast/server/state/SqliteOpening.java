package io.holdfast.server.state;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.server.state.StateDatabases.Opened;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Opens a file of SQLite: makes it, checks it, brings its tables up to date, or puts it aside.
 *
 * <p>All of that under a lock on a file beside it, since neither Flyway on SQLite nor a renamed
 * file keeps a second process from doing the same at the same time.
 */
final class SqliteOpening {
  private static final int OWNER_ONLY = 0600;
  private static final int DIRECTORY_OF_OWNER = 0700;
  private static final Duration LOCK_STEP = Duration.ofMillis(20);

  private final FilePath named;
  private final FileLayer files;
  private final Clock clock;
  private final Patience patience;

  SqliteOpening(FilePath named, FileLayer files, Clock clock, Patience patience) {
    this.named = named;
    this.files = files;
    this.clock = clock;
    this.patience = patience;
  }

  Opened open() {
    try {
      FilePath path = locate();
      DataSource source = SqliteSource.of(path, patience);
      Optional<String> warning;
      FileStat opened;
      try (HeldLock _ = lock(path.withSuffix(".lock"))) {
        warning = bringUpOrBeginAnew(path, source);
        opened = files.follow(path);
      }
      var backend = SqliteBackend.open(path, files, opened, source, patience);
      return new Opened(new JdbcStateDatabase(backend), warning);
    } catch (IOException e) {
      throw new StateException(message(String.valueOf(e.getMessage())), e);
    } catch (SQLException e) {
      throw new StateException(message(SqliteTrouble.explain(e)), e);
    }
  }

  /** Answers what has to be told. */
  private Optional<String> bringUpOrBeginAnew(FilePath path, DataSource source)
      throws IOException, SQLException {
    boolean begun;
    begin(path);
    try {
      begun = bringUp(path, source);
    } catch (SQLException e) {
      if (!SqliteTrouble.isDamage(e)) {
        throw e;
      }
      DamagedFile.putAside(path, files, clock);
      begin(path);
      begun = bringUp(path, source);
    }
    // Asked of the directory, since the damaged file may have been put aside by an earlier attempt
    // that got no further.
    return begun ? DamagedFile.warning(path, files) : Optional.empty();
  }

  /** The path without symbolic links, so that all who open the file mean the same neighbours. */
  private FilePath locate() throws IOException {
    if (files.find(named).isPresent()) {
      try {
        return files.resolveLinks(named);
      } catch (FileLayerException e) {
        if (e.reason() != FileLayerException.Reason.NOT_FOUND) {
          throw e;
        }
        // Another one puts it aside at this moment.
      }
    }
    FileTrees.createDirectories(files, named.parent(), DIRECTORY_OF_OWNER);
    return files.resolveLinks(named.parent()).resolve(named.name());
  }

  private HeldLock lock(FilePath path) throws IOException {
    long end = System.nanoTime() + patience.lock().toNanos();
    Optional<HeldLock> lock = files.tryLock(path);
    while (lock.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOCK_STEP.toNanos());
      lock = files.tryLock(path);
    }
    return lock.orElseThrow(
        () -> new StateException(message("another process is just opening it; try again")));
  }

  /** SQLite gives the files that it puts beside the database the mode of the database. */
  private void begin(FilePath path) throws IOException {
    if (files.find(path).isEmpty()) {
      files.create(path, OWNER_ONLY).close();
      files.sync(path.parent());
    }
    for (String suffix : new String[] {"", "-wal", "-shm"}) {
      FilePath each = path.withSuffix(suffix);
      var stat = files.find(each);
      if (stat.isPresent() && stat.get().isRegular() && stat.get().mode() != OWNER_ONLY) {
        files.setMode(each, OWNER_ONLY);
      }
    }
  }

  /** Whether the tables were made just now. */
  private boolean bringUp(FilePath path, DataSource source) throws IOException, SQLException {
    SqliteInspection.inspect(path, files, source);
    return new Schema(SqliteBackend.name(path), source, Dialect.SQLITE).bringUp();
  }

  private String message(String why) {
    return "could not open: " + SqliteBackend.name(named) + ": " + why;
  }
}
