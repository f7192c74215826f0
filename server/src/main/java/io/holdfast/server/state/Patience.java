package io.holdfast.server.state;

import java.time.Duration;

/**
 * How long a call waits before it gives up.
 *
 * @param lock for a lock that somebody else holds, and for a connection that is in use
 * @param statement for a statement of PostgreSQL; SQLite's wait for nothing but locks
 */
record Patience(Duration lock, Duration statement) {
  static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10));
}
