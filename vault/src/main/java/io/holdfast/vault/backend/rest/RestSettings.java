package io.holdfast.vault.backend.rest;

import io.holdfast.vault.backend.http.HttpSettings;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Which server, and how it is spoken to.
 *
 * @param address of the vault, {@code http} or {@code https}; ends with a slash, which is added if
 *     it is missing; without user, query and fragment
 * @param credentials who asks
 * @param http how it is spoken to
 */
public record RestSettings(URI address, RestCredentials credentials, HttpSettings http) {

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
    if (!address.getPath().endsWith("/")) {
      address = URI.create(address + "/");
    }
  }

  /** With what suits most servers. */
  public static RestSettings of(URI address, RestCredentials credentials) {
    return new RestSettings(address, credentials, HttpSettings.usual());
  }

  /** The same, spoken to in another way. */
  public RestSettings over(HttpSettings other) {
    return new RestSettings(address, credentials, other);
  }
}
