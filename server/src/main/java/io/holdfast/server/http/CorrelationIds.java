package io.holdfast.server.http;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The ids under which requests are logged and told. Thread-safe. */
final class CorrelationIds {
  /** What is taken over from a client: nothing that could forge a line of a log. */
  private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final long TWELVE_DIGITS = 1L << 48;

  private final RandomGenerator random;

  CorrelationIds(RandomGenerator random) {
    this.random = random;
  }

  /** The id that the client wishes for, if it is acceptable; else a new one. */
  String choose(Optional<String> wished) {
    return wished.filter(id -> ACCEPTABLE.matcher(id).matches()).orElseGet(this::next);
  }

  private synchronized String next() {
    return HexFormat.of().toHexDigits(random.nextLong(TWELVE_DIGITS), 12);
  }
}
