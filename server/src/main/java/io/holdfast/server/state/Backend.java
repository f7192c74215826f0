package io.holdfast.server.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What keeps the tables: its connections, and words for what goes wrong with it. Thread-safe. */
interface Backend extends AutoCloseable {
  /** The database as messages name it; holds no secret. */
  String name();

  /** Why it is of no use to ask for a connection; empty if nothing speaks against it. */
  Optional<String> absence();

  /** A connection for reading, in automatic commit; the caller closes it. */
  Connection reader() throws SQLException;

  /**
   * A connection for writing, in automatic commit; the caller closes it.
   *
   * @throws SQLException also as {@link #requireHold}
   */
  Connection writer() throws SQLException;

  /**
   * Returns if no other server uses the database, as far as that was asked for.
   *
   * @throws SQLException if one does, or that cannot be found out now
   */
  default void requireHold() throws SQLException {}

  /** What a failure means, and what to do about it, for people. */
  String explain(Throwable failure);

  @Override
  void close();
}
