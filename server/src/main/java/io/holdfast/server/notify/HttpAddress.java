package io.holdfast.server.notify;

import java.net.URI;

/** What an address must be to be asked over HTTP. Never tells the address: it may be a secret. */
final class HttpAddress {
  private HttpAddress() {}

  static void check(URI url) {
    boolean http =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!http || url.getHost() == null || url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "not an address for HTTP; allowed: http:// or https://, a host, and no user name");
    }
  }
}
