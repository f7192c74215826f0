package io.holdfast.server.state;

/**
 * What the server remembers beyond a restart. One implementation over JDBC serves SQLite and
 * PostgreSQL; {@link StateDatabases} opens it.
 *
 * <p>Every method of every store may throw {@link StateException}: the database is locked, damaged,
 * full, gone or closed. It does so within seconds, unless a local disk hangs. What that means is
 * for the caller to decide; a backup that is due is made all the same (P12). As soon as the cause
 * is gone, calls work again.
 *
 * <p>Thread-safe; the tables stand it that other processes have the same database open, but what is
 * in them means something to one server alone. What a method stored is durable when it returns.
 * Instants are kept to the microsecond, rounded down; texts are kept as they are, but for NUL and
 * lone surrogates, which are replaced.
 */
public interface StateDatabase extends AutoCloseable {
  RunStore runs();

  IdempotencyStore idempotency();

  SettingStore settings();

  TokenStore tokens();

  AuditLog audit();

  /**
   * Whether the database can be read now, a file still bears its name, and no other server has
   * taken a database of PostgreSQL.
   *
   * @throws StateException saying what is wrong with it
   */
  void probe();

  /**
   * Asks whether it takes changes, by how the last one went: one that answers may be locked,
   * read-only or without room.
   *
   * @throws StateException if the last change failed, and nothing says that the next would not
   */
  void probeChange();

  /** Waits for calls under way, for some seconds at most. Closing again does nothing. */
  @Override
  void close();
}
