package io.holdfast.vault.backend.http;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a server is spoken to.
 *
 * @param trust whose certificates are trusted, see {@link TrustedCertificates}; empty for those
 *     that the platform trusts
 * @param connect until a connection has to be there; more than zero
 * @param stall how long nothing at all may move in a request, neither way; more than zero. A
 *     request is given up after this time at the earliest and twice this time at the latest
 */
public record HttpSettings(Optional<SSLContext> trust, Duration connect, Duration stall) {
  /** How long it may take to connect, where nothing is said. */
  public static final Duration CONNECT = Duration.ofSeconds(30);

  /** A server may have to make some megabytes durable before it answers. */
  public static final Duration STALL = Duration.ofMinutes(2);

  /** Checks its arguments. */
  public HttpSettings {
    if (!connect.isPositive() || !stall.isPositive()) {
      throw new IllegalArgumentException("timeouts are more than zero");
    }
  }

  /** What suits most servers: those that the platform trusts, and the usual timeouts. */
  public static HttpSettings usual() {
    return new HttpSettings(Optional.empty(), CONNECT, STALL);
  }
}
