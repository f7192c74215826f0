package io.holdfast.server.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.engine.error.HoldfastException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A database of a PostgreSQL server, shared with the servers beside this one. */
final class PostgresBackend implements Backend {
  private static final int CONNECTIONS = 8;

  private final String name;
  private final HikariDataSource pool;

  private PostgresBackend(String name, HikariDataSource pool) {
    this.name = name;
    this.pool = pool;
  }

  /**
   * Connects, and brings the tables up to date.
   *
   * @throws StateException if that cannot be done now
   * @throws HoldfastException as {@link StateDatabases#open} says
   */
  static PostgresBackend open(StateLocation.Postgres location, Patience patience) {
    String name = "state database " + PostgresUrl.place(location.url());
    try {
      return bringUp(name, StatePool.start(config(location, patience)));
    } catch (SQLException | PostgresLogin.NoPasswordException e) {
      throw new StateException("could not open: " + name + ": " + PostgresTrouble.explain(e), e);
    }
  }

  private static PostgresBackend bringUp(String name, HikariDataSource pool) throws SQLException {
    try {
      new Schema(name, pool, Dialect.POSTGRES).bringUp();
      return new PostgresBackend(name, pool);
    } catch (SQLException | RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /** Where the URL has a parameter of the same name, it has the last word. */
  private static HikariConfig config(StateLocation.Postgres location, Patience patience) {
    long statement = patience.statement().toMillis();
    var config =
        StatePool.config(
            "state",
            CONNECTIONS,
            patience,
            "SET search_path = %s; SET statement_timeout = %d"
                .formatted(Dialect.POSTGRES_SCHEMA, statement));
    config.setJdbcUrl(location.url());
    config.setCredentialsProvider(new PostgresLogin(location.user(), location.password()));
    config.addDataSourceProperty("ApplicationName", "holdfast");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", seconds(patience.lock().toMillis()));
    // For a server that vanished; one that is merely slow ends the statement itself.
    config.addDataSourceProperty("socketTimeout", seconds(2 * statement));
    // The details of the server's errors quote values.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return config;
  }

  /** Rounded up: to the driver, 0 is for ever. */
  private static String seconds(long millis) {
    return Long.toString(Math.ceilDiv(millis, 1_000));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> absence() {
    return Optional.empty();
  }

  @Override
  public Connection reader() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public Connection writer() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public String explain(Throwable failure) {
    return PostgresTrouble.explain(failure);
  }

  @Override
  public void close() {
    pool.close();
  }
}
