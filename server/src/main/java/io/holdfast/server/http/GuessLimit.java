package io.holdfast.server.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Makes guessing slow: an address that presented too many bad tokens is told to wait when it
 * presents another one. Remembers a bounded number of addresses, the latest. Thread-safe.
 *
 * <p>Time is the monotonic clock: a wall clock that is set back must lock nobody out.
 */
final class GuessLimit {
  private static final int ADDRESSES = 4096;
  private static final int NETWORK_GROUPS = 4;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final int failures;
  private final TimeMeter time;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param failures how many an address has in a minute
   */
  GuessLimit(int failures, TimeMeter time) {
    this.failures = failures;
    this.time = time;
  }

  /** How many seconds an address has to wait, 1 or more; empty if it need not. */
  synchronized OptionalLong wait(String address) {
    Bucket bucket = buckets.get(network(address));
    if (bucket == null) {
      return OptionalLong.empty();
    }
    long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return nanos == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Duration.ofNanos(nanos).plusSeconds(1).toSeconds());
  }

  /** An address presented a bad token. */
  synchronized void failed(String address) {
    buckets.computeIfAbsent(network(address), any -> newBucket()).tryConsume(1);
    if (buckets.size() > ADDRESSES) {
      buckets.remove(buckets.keySet().iterator().next());
    }
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(failures).refillGreedy(failures, PERIOD))
        .withCustomTimePrecision(time)
        .build();
  }

  /** With IPv6 one customer has 2^64 addresses, so their network stands for them all. */
  static String network(String address) {
    int end = -1;
    for (int group = 0; group < NETWORK_GROUPS && address.contains(":"); group++) {
      end = address.indexOf(':', end + 1);
    }
    return end < 0 ? address : address.substring(0, end);
  }
}
