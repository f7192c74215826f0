package io.holdfast.server.acceptance;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The state database of a server, changed behind its back. */
final class StateFile {
  private StateFile() {}

  static void execute(Path state, String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + state.resolve("server.db"));
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /**
   * As a server leaves it that was killed after its last run had done all, and before it said so.
   */
  static void killedBeforeTheAnswer(Path state) throws SQLException {
    execute(
        state,
        "UPDATE idempotency_key SET answer_status = NULL, answer_document = NULL",
        "UPDATE run SET status = 'running', finished_at = NULL, document = NULL"
            + " WHERE run_id IN (SELECT run_id FROM idempotency_key)");
  }

  /** The one number that a query leads to. */
  static long number(Path state, String query) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + state.resolve("server.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
