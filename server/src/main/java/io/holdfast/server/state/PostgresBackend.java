package io.holdfast.server.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A database of a PostgreSQL server. */
final class PostgresBackend implements Backend {
  private static final int CONNECTIONS = 8;

  private final String name;
  private final HikariDataSource pool;
  private final Optional<PostgresHold> hold;

  private PostgresBackend(String name, HikariDataSource pool, Optional<PostgresHold> hold) {
    this.name = name;
    this.pool = pool;
    this.hold = hold;
  }

  /**
   * Connects, and brings the tables up to date.
   *
   * @param alone whether no other server may use the database as long as this is open
   * @throws StateException if that cannot be done now
   * @throws HoldfastException as {@link StateDatabases#open} says
   */
  static PostgresBackend open(StateLocation.Postgres location, Patience patience, boolean alone) {
    String name = "state database " + PostgresUrl.place(location.url());
    try {
      // Before anything is changed: the other server may be of another version.
      Optional<PostgresHold> hold =
          alone ? Optional.of(hold(location, patience)) : Optional.empty();
      try {
        return bringUp(name, StatePool.start(config(location, patience)), hold);
      } catch (SQLException | RuntimeException e) {
        hold.ifPresent(PostgresHold::close);
        throw e;
      }
    } catch (SQLException | PostgresLogin.NoPasswordException e) {
      if (e instanceof SQLException used && PostgresHold.IN_USE.equals(used.getSQLState())) {
        throw new HoldfastException(
            ErrorCode.BUSY,
            "another server uses the " + name + " already",
            "Stop it first, or give this one a database of its own, in `server.database.url`.",
            e);
      }
      throw new StateException("could not open: " + name + ": " + PostgresTrouble.explain(e), e);
    }
  }

  private static PostgresHold hold(StateLocation.Postgres location, Patience patience)
      throws SQLException {
    return PostgresHold.take(
        location.url(),
        new PostgresLogin(location.user(), location.password()),
        config(location, patience).getDataSourceProperties(),
        patience);
  }

  private static PostgresBackend bringUp(
      String name, HikariDataSource pool, Optional<PostgresHold> hold) throws SQLException {
    try {
      new Schema(name, pool, Dialect.POSTGRES).bringUp();
      return new PostgresBackend(name, pool, hold);
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
    // A pool that has lost them all lets every call wait its whole time; asking tells at once, as a
    // rule, that the database is down.
    if (pool.getHikariPoolMXBean().getTotalConnections() == 0) {
      requireHold();
    }
    return pool.getConnection();
  }

  @Override
  public Connection writer() throws SQLException {
    requireHold();
    return pool.getConnection();
  }

  @Override
  public void requireHold() throws SQLException {
    if (hold.isPresent()) {
      hold.get().require();
    }
  }

  @Override
  public String explain(Throwable failure) {
    return PostgresTrouble.explain(failure);
  }

  @Override
  public void close() {
    pool.close();
    // Last, so that whoever comes next finds everything done.
    hold.ifPresent(PostgresHold::close);
  }
}
