package io.holdfast.server.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Single statements, each a transaction of its own, so that none is ever left open and none waits
 * for another while it holds a lock. Thread-safe.
 *
 * <p>{@code doing} is what the caller is about, as the words that follow "could not".
 */
final class Sql {
  private interface Body<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  private interface Source {
    Connection connect() throws SQLException;
  }

  private final Backend backend;

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
    return run(doing, backend::writer, change, parameters, PreparedStatement::executeUpdate);
  }

  private <T> T run(
      String doing, Source connections, String text, List<?> parameters, Body<T> body) {
    backend
        .absence()
        .ifPresent(why -> {
          throw new StateException(message(doing, why));
        });
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
}
