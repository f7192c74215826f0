package io.holdfast.server.notify;

import java.net.URI;

/** What an address must be to be asked over HTTP. Never tells the address: it may be a secret. */
public final class HttpAddress {
  private HttpAddress() {}

  /** Whether it can be asked. */
  public static boolean isOne(URI url) {
    boolean http =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    return http && url.getHost() != null && url.getRawUserInfo() == null;
  }

  static void check(URI url) {
    if (!isOne(url)) {
      throw new IllegalArgumentException(
          "not an address for HTTP; allowed: http:// or https://, a host, and no user name");
    }
  }
}
