package io.holdfast.server.notify;

import java.time.Duration;
import java.util.Optional;

/** What came of one request. The reasons are for logs: they tell nothing of address or secret. */
sealed interface Answer {
  /** Why it was not accepted; empty if it was. */
  String reason();

  record Accepted() implements Answer {
    @Override
    public String reason() {
      return "";
    }
  }

  /** Trying again is of no use. */
  record Refused(String reason) implements Answer {}

  /**
   * Trying again may help.
   *
   * @param after for how long the other side wants to be left alone
   */
  record Unavailable(String reason, Optional<Duration> after) implements Answer {}
}
