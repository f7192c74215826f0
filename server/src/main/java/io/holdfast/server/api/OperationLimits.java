package io.holdfast.server.api;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often one caller may do what costs something: a script that has run wild fills no disk. A
 * request that is answered without doing anything, such as one whose key is known, does not count.
 * Thread-safe.
 */
public final class OperationLimits {
  private static final int AN_HOUR = 120;

  /** Callers bear tokens, of which there are few; the bound is for those who make many. */
  private static final int MOST_CALLERS = 10_000;

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * Takes one.
   *
   * @throws ProblemException 429 if the caller has had its share of this hour
   */
  void require(String operation, String caller) {
    if (buckets.size() > MOST_CALLERS) {
      buckets.clear();
    }
    Bucket bucket = buckets.computeIfAbsent(operation + " " + caller, key -> bucket());
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
      throw new ProblemException(
          new Problem(
              ProblemCode.RATE_LIMITED,
              "at most " + AN_HOUR + " of these an hour",
              OptionalLong.of(seconds)));
    }
  }

  private static Bucket bucket() {
    return Bucket.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(AN_HOUR)
                .refillGreedy(AN_HOUR, Duration.ofHours(1))
                .build())
        .build();
  }
}
