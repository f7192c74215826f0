package io.holdfast.server.notify;

import java.time.Duration;

/**
 * How hard to try.
 *
 * @param attempts at most so many in all, 1 or more
 * @param firstDelay the pause after the first attempt; each further one is twice as long, give or
 *     take a fifth
 * @param longestDelay the longest pause, also when the other side asks for a longer one; longer
 *     than the first
 * @param total no further attempt begins after this time; longer than the first delay
 */
public record RetryPlan(int attempts, Duration firstDelay, Duration longestDelay, Duration total) {
  /**
   * 8 attempts in about two minutes, or in a quarter of an hour if the other side asks for time.
   */
  public static final RetryPlan DEFAULT =
      new RetryPlan(8, Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofMinutes(15));

  public RetryPlan {
    if (attempts < 1
        || !firstDelay.isPositive()
        || firstDelay.compareTo(longestDelay) >= 0
        || firstDelay.compareTo(total) >= 0) {
      throw new IllegalArgumentException("not a plan for retries");
    }
  }
}
