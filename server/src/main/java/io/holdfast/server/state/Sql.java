package io.holdfast.server.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Single statements, each a transaction of its own, so that none is ever left open and none waits
 * for another while it holds a lock. Thread-safe.
 *
 * <p>{@code doing} is what the caller is about, as the words that follow "could not".
 */
final class Sql implements AutoCloseable {
  private interface Body<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  private interface Source {
    Connection connect() throws SQLException;
  }

  /** Longer than a call waits for a lock. */
  private static final long CLOSING_SECONDS = 15;

  /** How long a change that failed is believed to be followed by others. */
  private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private record Unwritten(StateException failure, long at) {}

  private final AtomicReference<@Nullable Unwritten> unwritten = new AtomicReference<>();
  private final Backend backend;

  /** Calls hold it for reading, closing for writing. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private volatile boolean closed;

  Sql(Backend backend) {
    this.backend = backend;
  }

  /** All rows of a query. */
  <T> List<T> all(String doing, String query, Row.Reader<T> reader, List<?> parameters) {
    return run(
        doing,
        backend::reader,
        query,
        parameters,
        statement -> {
          try (ResultSet found = statement.executeQuery()) {
            var row = new Row(found);
            var read = new ArrayList<T>();
            while (found.next()) {
              read.add(reader.read(row));
            }
            return List.copyOf(read);
          }
        });
  }

  /** The first row of a query. */
  <T> Optional<T> first(String doing, String query, Row.Reader<T> reader, List<?> parameters) {
    return all(doing, query, reader, parameters).stream().findFirst();
  }

  /**
   * Inserts, updates or deletes.
   *
   * @return how many rows
   */
  int change(String doing, String change, List<?> parameters) {
    try {
      int rows = run(doing, backend::writer, change, parameters, PreparedStatement::executeUpdate);
      unwritten.set(null);
      return rows;
    } catch (StateException e) {
      unwritten.set(new Unwritten(e, System.nanoTime()));
      throw e;
    }
  }

  /**
   * Throws if the last change failed, and there is nothing to say that the next one would not: a
   * database that answers queries may be locked, read-only or without room.
   */
  void requireWritable() {
    Unwritten last = unwritten.get();
    if (last == null) {
      return;
    }
    if (System.nanoTime() - last.at() < DOUBT_NANOS) {
      throw last.failure();
    }
    // Takes what a change takes, and changes nothing.
    change("change anything", "UPDATE setting SET name = name WHERE 1 = 0", List.of());
  }

  /** Throws if another server uses the database. */
  void requireHold(String doing) {
    if (closed) {
      throw new StateException(message(doing, "it was closed"));
    }
    try {
      backend.requireHold();
    } catch (SQLException e) {
      throw new StateException(message(doing, backend.explain(e)), e);
    }
  }

  private <T> T run(
      String doing, Source connections, String text, List<?> parameters, Body<T> body) {
    use.readLock().lock();
    try {
      Optional<String> absence = closed ? Optional.of("it was closed") : backend.absence();
      if (absence.isPresent()) {
        throw new StateException(message(doing, absence.get()));
      }
      return execute(doing, connections, text, parameters, body);
    } finally {
      use.readLock().unlock();
    }
  }

  private <T> T execute(
      String doing, Source connections, String text, List<?> parameters, Body<T> body) {
    try (Connection connection = connections.connect();
        PreparedStatement statement = connection.prepareStatement(text)) {
      Parameters.bind(statement, parameters);
      return body.run(statement);
    } catch (SQLException e) {
      throw new StateException(message(doing, backend.explain(e)), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new StateException(message(doing, "it holds what no version of Holdfast wrote"), e);
    }
  }

  private String message(String doing, String why) {
    return "could not " + doing + ": " + backend.name() + ": " + why;
  }

  /** Lets calls under way end, turns new ones away, and closes the database. */
  @Override
  public void close() {
    closed = true;
    boolean idle = false;
    try {
      idle = use.writeLock().tryLock(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      backend.close();
    } finally {
      if (idle) {
        use.writeLock().unlock();
      }
    }
  }
}
