package io.holdfast.vault.backend.rest;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Which server, and how it is spoken to.
 *
 * @param address of the vault, {@code http} or {@code https}; ends with a slash, which is added if
 *     it is missing; without user, query and fragment
 * @param credentials who asks
 * @param trust whose certificates are trusted, see {@link TrustedCertificates}; empty for those
 *     that the platform trusts
 * @param connect until a connection has to be there; more than zero
 * @param stall how long nothing at all may move in a request, neither way; more than zero. A
 *     request is given up after this time at the earliest and twice this time at the latest
 */
public record RestSettings(
    URI address,
    RestCredentials credentials,
    Optional<SSLContext> trust,
    Duration connect,
    Duration stall) {

  /** Checks its arguments; no message repeats the address, which may hold a password. */
  public RestSettings {
    String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
      throw new IllegalArgumentException("the address of a server is http://… or https://…");
    }
    if (address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the address of a server has no user, query or fragment; credentials are given apart");
    }
    if (!connect.isPositive() || !stall.isPositive()) {
      throw new IllegalArgumentException("timeouts are more than zero");
    }
    if (!address.getPath().endsWith("/")) {
      address = URI.create(address + "/");
    }
  }

  /** With the timeouts that suit most servers: 30 seconds to connect, two minutes of silence. */
  public static RestSettings of(URI address, RestCredentials credentials) {
    return new RestSettings(
        address,
        credentials,
        Optional.empty(),
        Duration.ofSeconds(30),
        // A server may have to make some megabytes durable before it answers.
        Duration.ofMinutes(2));
  }

  /** The same, trusting others. */
  public RestSettings trusting(SSLContext others) {
    return new RestSettings(address, credentials, Optional.of(others), connect, stall);
  }

  /** The same with other timeouts. */
  public RestSettings withTimeouts(Duration newConnect, Duration newStall) {
    return new RestSettings(address, credentials, trust, newConnect, newStall);
  }
}
