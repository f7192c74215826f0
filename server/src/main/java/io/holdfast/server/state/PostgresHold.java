package io.holdfast.server.state;

import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one server at a time uses a database: two would each take the other's claims and
 * runs for those of a dead one. An advisory lock of PostgreSQL, on a connection of its own: it goes
 * with the connection, so a server that is killed leaves nothing behind.
 *
 * <p>The connection may be lost while the server runs. So it is asked before each change, and the
 * lock taken again if need be; if another server has taken it meanwhile, nothing is changed any
 * more. Thread-safe.
 */
final class PostgresHold implements AutoCloseable {
  /** SQLSTATE for what somebody else uses. */
  static final String IN_USE = "55006";

  /** Any number that is always the same; such locks count within one database. */
  private static final long KEY = 0x486f6c6466617374L;

  /** What PostgreSQL reports when the time for waiting is up. */
  private static final String NOT_IN_TIME = "55P03";

  /** Lets the database notice within a minute that a machine is gone, and not after two hours. */
  private static final String KEEP_ALIVE =
      "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3";

  private final String url;
  private final PostgresLogin login;
  private final Properties properties;
  private final Patience patience;
  private final ReentrantLock use = new ReentrantLock();
  private @Nullable Connection connection;
  private boolean closed;

  private PostgresHold(String url, PostgresLogin login, Properties properties, Patience patience) {
    this.url = url;
    this.login = login;
    this.properties = properties;
    this.patience = patience;
  }

  /**
   * Takes the lock; waits a little for a server that is just ending.
   *
   * @throws SQLException {@link #IN_USE} if another server has it
   */
  static PostgresHold take(
      String url, PostgresLogin login, Properties properties, Patience patience)
      throws SQLException {
    var hold = new PostgresHold(url, login, properties, patience);
    hold.connection = hold.connect(patience.lock().toMillis());
    return hold;
  }

  /**
   * Returns if the lock is held.
   *
   * @throws SQLException {@link #IN_USE} if another server has it now; whatever keeps the database
   *     from answering
   */
  void require() throws SQLException {
    if (!entered()) {
      throw new SQLException("the connection that holds the lock is busy", "57014");
    }
    try {
      if (closed) {
        throw new SQLException("closed", "08003");
      }
      if (connection == null || !isAlive(connection)) {
        drop();
        connection = connect(1);
      }
    } finally {
      use.unlock();
    }
  }

  private boolean entered() {
    try {
      return use.tryLock(patience.lock().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isAlive(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      return true;
    } catch (SQLException gone) {
      return false;
    }
  }

  private Connection connect(long waitMillis) throws SQLException {
    Credentials credentials = login.getCredentials();
    var all = new Properties();
    all.putAll(properties);
    all.setProperty("user", credentials.getUsername());
    all.setProperty("password", credentials.getPassword());
    Connection fresh = DriverManager.getConnection(url, all);
    try (Statement statement = fresh.createStatement()) {
      statement.execute(KEEP_ALIVE);
      statement.execute("SET lock_timeout = " + waitMillis);
      try (ResultSet taken = statement.executeQuery("SELECT pg_advisory_lock(" + KEY + ")")) {
        return fresh;
      }
    } catch (SQLException e) {
      fresh.close();
      throw NOT_IN_TIME.equals(e.getSQLState())
          ? new SQLException("another server uses the database", IN_USE)
          : e;
    }
  }

  private void drop() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException gone) {
        // It is of no use any more.
      }
      connection = null;
    }
  }

  /** Lets go of the lock. */
  @Override
  public void close() {
    use.lock();
    try {
      closed = true;
      drop();
    } finally {
      use.unlock();
    }
  }
}
