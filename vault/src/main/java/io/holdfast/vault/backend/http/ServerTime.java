package io.holdfast.vault.backend.http;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The header {@code Date} (RFC 9110, section 6.6.1). Pure. */
public final class ServerTime {
  private ServerTime() {}

  /** When an answer was made; empty if that is not told, or not as the RFC says. */
  public static Optional<Instant> of(HttpHeaders headers) {
    return headers.firstValue("Date").flatMap(ServerTime::parse);
  }

  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }
}
