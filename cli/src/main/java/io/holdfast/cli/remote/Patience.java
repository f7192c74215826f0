package io.holdfast.cli.remote;

import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait for a server. All are positive.
 *
 * @param connect for a connection
 * @param silence for the next sign of life: the beginning of an answer, or its next byte
 * @param away for one that was there and is gone to come back
 * @param again before the first attempt to reach it again; later ones wait longer
 */
record Patience(Duration connect, Duration silence, Duration away, Duration again) {
  private static final String VARIABLE = "HOLDFAST_SERVER_TIMEOUT";
  private static final int DEFAULT_SECONDS = 60;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofMillis(500);

  static Patience ofSeconds(int seconds) {
    Duration atMost = Duration.ofSeconds(seconds);
    return new Patience(CONNECT.compareTo(atMost) < 0 ? CONNECT : atMost, atMost, atMost, AGAIN);
  }

  /**
   * That of {@code HOLDFAST_SERVER_TIMEOUT}, in seconds.
   *
   * @throws HoldfastException {@code USAGE} if that is no number from 1 to 3600
   */
  static Patience of(Surroundings surroundings) {
    Optional<String> written = surroundings.variable(VARIABLE);
    if (written.isEmpty()) {
      return ofSeconds(DEFAULT_SECONDS);
    }
    if (written.get().matches("[0-9]{1,4}")) {
      int seconds = Integer.parseInt(written.get());
      if (seconds >= 1 && seconds <= 3600) {
        return ofSeconds(seconds);
      }
    }
    throw new HoldfastException(
        ErrorCode.USAGE,
        VARIABLE + " is '" + written.get() + "'",
        "It takes seconds: a whole number from 1 to 3600.");
  }
}
