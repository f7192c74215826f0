package io.holdfast.vault.s3;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of requests: from the first place that has some. They are looked for again before
 * they expire, and every few minutes where they do not tell, so that a key that was changed is used
 * without a restart. Thread-safe.
 */
final class Credentials {
  /** Amazon's services give new ones out this long before the old ones end. */
  private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(5);

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final List<CredentialSource> sources;
  private final Clock clock;
  private @Nullable S3Credentials held;
  private Instant until = Instant.MIN;

  /**
   * @param sources asked in this order; none means that requests are not signed
   */
  Credentials(List<CredentialSource> sources, Clock clock) {
    this.sources = List.copyOf(sources);
    this.clock = clock;
  }

  /**
   * Those of now.
   *
   * @return empty if requests go without
   * @throws BackendException {@code UNAUTHENTICATED} if no place has any; {@code TRANSIENT} if one
   *     could not be asked
   */
  synchronized Optional<S3Credentials> get() throws IOException {
    if (sources.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (held == null || !now.isBefore(until)) {
      S3Credentials found = look();
      Instant latest = now.plus(LONGEST);
      until =
          found
              .expiry()
              .map(expiry -> expiry.minus(BEFORE_EXPIRY))
              .filter(renewal -> renewal.isBefore(latest) || found.expiry().isPresent())
              .orElse(latest);
      held = found;
    }
    return Optional.of(held);
  }

  /** What was given out is refused: the next request looks again. */
  synchronized void forget() {
    held = null;
  }

  private S3Credentials look() throws IOException {
    for (CredentialSource source : sources) {
      try {
        Optional<S3Credentials> found = source.find();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (IllegalArgumentException unusable) {
        throw failure(source.name() + ": " + unusable.getMessage());
      }
    }
    throw failure(
        "no credentials in "
            + sources.stream().map(CredentialSource::name).collect(Collectors.joining(", ")));
  }

  private static BackendException failure(String detail) {
    return new BackendException("sign", "a request", Reason.UNAUTHENTICATED, detail);
  }
}
