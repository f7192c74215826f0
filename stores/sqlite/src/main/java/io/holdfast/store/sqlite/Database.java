package io.holdfast.store.sqlite;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.core.DB;

/**
 * One open connection. Failures are {@link HoldfastException}s in the words of its {@link Subject};
 * cancelling interrupts the running statement. Used by one thread at a time.
 */
final class Database implements AutoCloseable {
  /** What a connection may do to the file. */
  enum Access {
    /** Reads; SQLite may make {@code -wal} and {@code -shm} beside a database in WAL mode. */
    READ("mode=ro"),
    /** Reads and writes, and repairs what a crashed writer left. Never creates the database. */
    WRITE("mode=rw"),
    /** Reads a file that nobody writes: no locks, nothing made beside it, no {@code -wal} read. */
    IMMUTABLE("mode=ro&immutable=1");

    private final String parameters;

    Access(String parameters) {
      this.parameters = parameters;
    }
  }

  /** Called between two steps of a copy; what it throws ends nothing, see {@link #restoreFrom}. */
  interface Observer {
    void copied(int remaining, int total);
  }

  private final SQLiteConnection connection;
  private final Subject subject;
  private final Cancellation cancellation;
  private @Nullable AutoCloseable interrupter;
  private boolean closed;

  private Database(SQLiteConnection connection, Subject subject, Cancellation cancellation) {
    this.connection = connection;
    this.subject = subject;
    this.cancellation = cancellation;
  }

  static Database open(
      Subject subject, Access access, Duration busyTimeout, Cancellation cancellation) {
    cancellation.check();
    try {
      var config = new SQLiteConfig();
      config.setBusyTimeout((int) Math.min(Integer.MAX_VALUE, busyTimeout.toMillis()));
      var connection =
          (SQLiteConnection)
              config.createConnection(
                  "jdbc:sqlite:" + DatabaseUri.of(subject.path(), access.parameters));
      var database = new Database(connection, subject, cancellation);
      database.interrupter = cancellation.onCancel(database::interrupt);
      return database;
    } catch (SQLException e) {
      throw subject.error(e);
    }
  }

  private synchronized void interrupt() {
    if (!closed) {
      try {
        connection.getDatabase().interrupt();
      } catch (SQLException e) {
        // Nothing is running that could be interrupted.
      }
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  /** The first column of the first row; empty if there is no row, or nothing in it. */
  String text(String sql) {
    List<String> all = texts(sql, 1);
    return all.isEmpty() ? "" : all.getFirst();
  }

  /** The first column of the first row; 0 if there is no row. */
  long number(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  /** The first column of the first rows. */
  List<String> texts(String sql, int limit) {
    return rows(sql, limit).stream().map(List::getFirst).toList();
  }

  /** The first rows, each with all its columns as text; NULL is the empty text. */
  List<List<String>> rows(String sql, int limit) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      var all = new ArrayList<List<String>>();
      while (all.size() < limit && rows.next()) {
        var row = new ArrayList<String>(columns);
        for (int column = 1; column <= columns; column++) {
          String value = rows.getString(column);
          row.add(value == null ? "" : value);
        }
        all.add(row);
      }
      return all;
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  /** Whether a query yields the same rows, in the same order, from both databases. */
  boolean sameRows(Database other, String sql) {
    try (Statement here = connection.createStatement();
        ResultSet mine = here.executeQuery(sql);
        Statement there = other.connection.createStatement();
        ResultSet theirs = there.executeQuery(sql)) {
      int columns = mine.getMetaData().getColumnCount();
      if (columns != theirs.getMetaData().getColumnCount()) {
        return false;
      }
      while (mine.next()) {
        if (!theirs.next()) {
          return false;
        }
        for (int column = 1; column <= columns; column++) {
          if (!Objects.deepEquals(mine.getObject(column), theirs.getObject(column))) {
            return false;
          }
        }
      }
      return !theirs.next();
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** Begins a read transaction and reads, so that this connection sees no later change. */
  void pin() {
    execute("BEGIN");
    number("PRAGMA schema_version");
  }

  /** Rebuilds this database into a file that is empty or does not exist. */
  void vacuumInto(FilePath destination) {
    try (var statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, DatabaseUri.of(destination, ""));
      statement.execute();
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  /**
   * Copies every page of this database, as this connection sees it, into another file.
   *
   * <p>In one step of SQLite's backup, which nothing interrupts: many steps would begin again
   * whenever somebody writes, unless this connection is pinned.
   */
  void backupTo(Subject destination) {
    var done = new AtomicBoolean();
    try {
      int result =
          driver()
              .backup(
                  "main",
                  DatabaseUri.of(destination.path(), ""),
                  (remaining, total) -> done.set(remaining == 0),
                  0,
                  0,
                  -1);
      requireDone(destination, result, done);
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  /**
   * Replaces the content of this database by that of a file, in one transaction of this database:
   * SQLite's backup with this connection as its destination. It must not be in a transaction.
   *
   * @param pagesPerStep pages between two calls of the observer; -1 for all
   * @param observer called after each step, with the write lock held and nothing committed unless
   *     none remain; must not throw, and must not use this connection
   */
  void restoreFrom(FilePath source, int pagesPerStep, Observer observer) {
    var done = new AtomicBoolean();
    try {
      int result =
          driver()
              .restore(
                  "main",
                  DatabaseUri.of(source, "mode=ro"),
                  (remaining, total) -> {
                    done.set(remaining == 0);
                    observer.copied(remaining, total);
                  },
                  0,
                  0,
                  pagesPerStep);
      requireDone(subject, result, done);
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  /**
   * The driver (3.54.1.0) answers "ok" when it gave up on a lock and did nothing. Only a step with
   * which nothing remained has committed.
   */
  private static void requireDone(Subject destination, int result, AtomicBoolean done) {
    int failure =
        result == SQLiteErrorCode.SQLITE_OK.code && !done.get()
            ? SQLiteErrorCode.SQLITE_BUSY.code
            : result;
    if (failure != SQLiteErrorCode.SQLITE_OK.code) {
      throw destination.error(failure, SQLiteErrorCode.getErrorCode(failure).message, null);
    }
  }

  private DB driver() {
    return connection.getDatabase();
  }

  private HoldfastException translated(SQLException e) {
    if (e instanceof SQLiteException sqlite
        && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT) {
      cancellation.check();
    }
    return subject.error(e);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      if (interrupter != null) {
        interrupter.close();
      }
      connection.close();
    } catch (Exception e) {
      throw subject.error(e instanceof SQLException sql ? sql : new SQLException(e));
    }
  }
}
