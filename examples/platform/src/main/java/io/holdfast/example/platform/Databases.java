package io.holdfast.example.platform;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The platform's two databases, as files: making them and reading them. */
public final class Databases {
  private static final Map<String, String> COLUMNS = columns();

  private Databases() {}

  /** Makes a database with these rows, in WAL mode. */
  static void create(Path file, Rows rows) throws SQLException {
    try (Connection connection = open(file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      connection.setAutoCommit(false);
      for (var table : rows.tables().entrySet()) {
        String name = table.getKey();
        statement.execute("CREATE TABLE " + name + " (" + COLUMNS.get(name) + ")");
        insert(connection, name, table.getValue().values());
      }
      if (rows.tables().containsKey("audit_log")) {
        statement.execute("CREATE INDEX audit_by_agent ON audit_log (agent, id)");
        statement.execute("CREATE INDEX tasks_by_agent ON tasks (agent, state)");
      }
      connection.commit();
    }
  }

  /** A connection of the platform's own: it waits for others, and a commit is on disk. */
  static Connection open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 20000");
      statement.execute("PRAGMA synchronous = FULL");
      return connection;
    } catch (SQLException damaged) {
      connection.close();
      throw damaged;
    }
  }

  /**
   * All rows of a database.
   *
   * @throws SQLException if it is damaged, or no database
   */
  public static Rows read(Path file) throws SQLException {
    var rows = new Rows();
    try (Connection connection = open(file)) {
      for (String table : tables(connection)) {
        try (Statement statement = connection.createStatement();
            ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
          int width = result.getMetaData().getColumnCount();
          while (result.next()) {
            var row = new ArrayList<Object>(width);
            for (int column = 1; column <= width; column++) {
              row.add(value(result.getObject(column)));
            }
            rows.put(table, List.copyOf(row));
          }
        }
      }
    }
    return rows;
  }

  /** What SQLite's own check says: {@code ok}, or what is wrong. */
  public static String integrity(Path file) {
    try (Connection connection = open(file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA integrity_check(1)")) {
      return result.next() ? result.getString(1) : "no answer";
    } catch (SQLException damaged) {
      // The driver says it twice: "[CODE] In its words (in SQLite's words)".
      String message = String.valueOf(damaged.getMessage());
      int open = message.lastIndexOf('(');
      return open > 0 && message.endsWith(")")
          ? message.substring(open + 1, message.length() - 1)
          : message;
    }
  }

  /** The number of the last transaction in the platform's database. */
  public static long lastTransaction(Path file) throws SQLException {
    try (Connection connection = open(file)) {
      return lastTransaction(connection);
    }
  }

  static long lastTransaction(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT number FROM sequence WHERE id = 1")) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    var names = new ArrayList<String>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
      while (result.next()) {
        names.add(result.getString(1));
      }
    }
    return names;
  }

  private static Object value(@org.jspecify.annotations.Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case Integer number -> number.longValue();
      case byte[] blob -> HexFormat.of().formatHex(blob);
      default -> value;
    };
  }

  private static void insert(Connection connection, String table, Iterable<List<Object>> rows)
      throws SQLException {
    String columns = COLUMNS.getOrDefault(table, "");
    int width = (int) columns.chars().filter(c -> c == ',').count() + 1;
    boolean blob = columns.endsWith(" BLOB");
    String marks = "?" + ", ?".repeat(width - 1);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
      for (List<Object> row : rows) {
        for (int column = 1; column <= width; column++) {
          Object value = row.get(column - 1);
          insert.setObject(
              column, blob && column == width ? HexFormat.of().parseHex((String) value) : value);
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static Map<String, String> columns() {
    var columns = new LinkedHashMap<String, String>();
    columns.put("agents", "id INTEGER PRIMARY KEY, name TEXT, temperature REAL, status TEXT");
    columns.put("budgets", "agent INTEGER PRIMARY KEY, limit_cents INTEGER, spent_cents INTEGER");
    columns.put(
        "tasks", "id INTEGER PRIMARY KEY, agent INTEGER, title TEXT, state TEXT, updated_at TEXT");
    columns.put(
        "audit_log",
        "id INTEGER PRIMARY KEY, agent INTEGER, amount_cents INTEGER, at TEXT, detail TEXT");
    columns.put("documents", "id INTEGER PRIMARY KEY, title TEXT, body BLOB");
    columns.put("sequence", "id INTEGER PRIMARY KEY, number INTEGER");
    columns.put("sessions", "id INTEGER PRIMARY KEY, user TEXT, opened_at TEXT, state BLOB");
    return columns;
  }
}
