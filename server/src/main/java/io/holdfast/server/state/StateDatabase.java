package io.holdfast.server.state;

/**
 * What the server remembers beyond a restart. One implementation over JDBC serves SQLite and
 * PostgreSQL.
 *
 * <p>Every method of every store may throw {@link StateException}: the database is locked, damaged,
 * full or gone. What that means is for the caller to decide; a backup that is due is made all the
 * same (P12). Thread-safe; each call is one transaction.
 */
public interface StateDatabase extends AutoCloseable {
  RunStore runs();

  IdempotencyStore idempotency();

  SettingStore settings();

  TokenStore tokens();

  AuditLog audit();

  /**
   * Whether the database answers now.
   *
   * @throws StateException saying what is wrong with it
   */
  void probe();

  @Override
  void close();
}
