package io.holdfast.server.state;

import java.time.Instant;

/** What the parts of the contract need. */
interface StateFixture {
  Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

  /** The database under test, open and empty. */
  StateDatabase database();

  /** The same database, opened once more as another server would; closed after the test. */
  StateDatabase another();

  /** Runs one statement of SQL behind the back of Holdfast. */
  void execute(String sql) throws Exception;
}
