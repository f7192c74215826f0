package io.holdfast.server.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.SQLException;

/** How pools of connections are made. */
final class StatePool {
  private StatePool() {}

  /**
   * What both databases have in common.
   *
   * @param begin statement that begins each connection
   */
  static HikariConfig config(String name, int connections, Patience patience, String begin) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(patience.lock().toMillis());
    config.setConnectionInitSql(begin);
    return config;
  }

  /** Opens the first connection; the others follow as they are needed. */
  static HikariDataSource start(HikariConfig config) throws SQLException {
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
    }
  }
}
