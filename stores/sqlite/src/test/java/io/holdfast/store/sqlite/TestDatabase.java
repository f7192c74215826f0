package io.holdfast.store.sqlite;

import io.holdfast.engine.file.FilePath;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database as an application uses it: an ordinary connection of the driver. */
final class TestDatabase implements AutoCloseable {
  private final Connection connection;

  private TestDatabase(Connection connection) {
    this.connection = connection;
  }

  static TestDatabase open(Path file) throws SQLException {
    return new TestDatabase(
        DriverManager.getConnection("jdbc:sqlite:" + DatabaseUri.of(FilePath.of(file), "")));
  }

  static TestDatabase open(FilePath file) throws SQLException {
    return new TestDatabase(DriverManager.getConnection("jdbc:sqlite:" + DatabaseUri.of(file, "")));
  }

  TestDatabase run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return this;
  }

  String ask(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(ask(sql));
  }

  /** The schema, and every row of every table, as text. */
  List<String> dump() throws SQLException {
    var lines = new ArrayList<String>();
    var tables = new ArrayList<String>();
    lines.add("user_version " + ask("PRAGMA user_version"));
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2")) {
      while (rows.next()) {
        lines.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
        if (rows.getString(1).equals("table")) {
          tables.add(rows.getString(2));
        }
      }
    }
    for (String table : tables) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM " + TableChanges.quoted(table))) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          var line = new StringBuilder(table);
          for (int column = 1; column <= columns; column++) {
            line.append('|').append(rows.getString(column));
          }
          lines.add(line.toString());
        }
      }
    }
    return lines;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
