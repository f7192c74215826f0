package io.holdfast.server.state;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the tables to what this program knows, by the migrations in {@code db/state}.
 *
 * <p>Flyway takes a good part of a second to look around, so it is started only when there is
 * something to do.
 */
final class Schema {
  /** The number of the newest migration in {@code db/state}. */
  static final int NEWEST = 2;

  private static final String HISTORY = "schema_history";
  private static final String MIGRATIONS = "classpath:db/state";

  /** What PostgreSQL reports when two make the same schema at once. */
  private static final Set<String> MADE_BY_ANOTHER = Set.of("42P06", "23505");

  private final String name;
  private final DataSource source;
  private final Dialect dialect;

  /**
   * @param name the database as messages name it
   */
  Schema(String name, DataSource source, Dialect dialect) {
    this.name = name;
    this.source = source;
    this.dialect = dialect;
  }

  /**
   * Makes or changes the tables as far as needed. Several processes may do so at once where the
   * database can lock that out; SQLite cannot.
   *
   * @return whether there were none before
   * @throws HoldfastException {@code FORMAT_UNSUPPORTED} if a newer Holdfast wrote the database,
   *     {@code CONFIGURATION_INVALID} if it belongs to something else; it is left as it is
   */
  boolean bringUp() throws SQLException {
    int current = version();
    if (current > NEWEST) {
      throw new HoldfastException(
          ErrorCode.FORMAT_UNSUPPORTED,
          "%s was written by a newer Holdfast: its tables have version %d, and this one knows %d"
              .formatted(name, current, NEWEST),
          "Run that newer Holdfast, or name another place for the state database.");
    }
    if (current < NEWEST) {
      migrate();
    }
    return current == 0;
  }

  /** The newest migration that is in; 0 if there is none. */
  private int version() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      Set<String> tables = tables(statement);
      if (tables.contains(HISTORY)) {
        return version(statement);
      }
      if (tables.isEmpty()) {
        return 0;
      }
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          name + " belongs to something else: it has tables, and none of them is Holdfast's",
          "Name another place for the state database.");
    }
  }

  private Set<String> tables(Statement statement) throws SQLException {
    var tables = new HashSet<String>();
    try (ResultSet row = statement.executeQuery(dialect.tables())) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }

  private static int version(Statement statement) throws SQLException {
    int newest = 0;
    try (ResultSet row =
        statement.executeQuery(
            "SELECT version, success FROM " + HISTORY + " WHERE version IS NOT NULL")) {
      while (row.next()) {
        int version = number(row.getString(1));
        if (row.getBoolean(2) || version > NEWEST) {
          newest = Math.max(newest, version);
        }
      }
    }
    return newest;
  }

  /** A version that is no number can only come from a Holdfast that numbers otherwise. */
  private static int number(String version) {
    try {
      return Integer.parseInt(version);
    } catch (NumberFormatException unknown) {
      return Integer.MAX_VALUE;
    }
  }

  private void migrate() throws SQLException {
    var configuration =
        Flyway.configure()
            .dataSource(source)
            .locations(MIGRATIONS)
            .table(HISTORY)
            .placeholders(Map.of("identity", dialect.identity()))
            .cleanDisabled(true)
            .loggers("slf4j");
    if (dialect.schema().isPresent()) {
      String schema = dialect.schema().get();
      create(schema);
      configuration.defaultSchema(schema).createSchemas(false);
    }
    try {
      configuration.load().migrate();
    } catch (FlywayException e) {
      throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
    }
  }

  /** Flyway would try ten times, a second apart, what a lack of privileges forbids for good. */
  private void create(String schema) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT 1 FROM pg_namespace WHERE nspname = '" + schema + "'")) {
      if (!found.next()) {
        statement.execute("CREATE SCHEMA " + schema);
      }
    } catch (SQLException e) {
      if (!MADE_BY_ANOTHER.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
    }
  }
}
