package io.holdfast.server.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps web pages of others from reaching this server through the browser of somebody who looks at
 * them.
 *
 * <p>A page may have its own name resolve to 127.0.0.1 (DNS rebinding), and is then of the same
 * origin as this server in the browser's eyes; only the name gives it away. So while the server
 * listens on loopback without TLS, it answers to its own names only. Elsewhere the name is not
 * checked: with TLS the certificate does it, and beyond this machine an administrator decides.
 *
 * <p>And whatever a page of another origin wants to change is refused, whether or not it holds a
 * token.
 */
final class BrowserGuard {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> HARMLESS_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final boolean checksHost;
  private final Set<String> ownNames;

  /**
   * @param checksHost whether the server listens on loopback without TLS
   * @param ownNames further names, in lowercase
   */
  BrowserGuard(boolean checksHost, Set<String> ownNames) {
    this.checksHost = checksHost;
    this.ownNames = ownNames;
  }

  /**
   * @throws ProblemException 421 for a name that is not this server's, 403 for a change that a page
   *     of another origin asks for
   */
  void check(Exchange exchange) {
    String host = exchange.host().toLowerCase(Locale.ROOT);
    if (checksHost && !LOOPBACK_NAMES.contains(host) && !ownNames.contains(host)) {
      throw new ProblemException(
          ProblemCode.MISDIRECTED_REQUEST, "This server does not answer to that host name");
    }
    if (!HARMLESS_METHODS.contains(exchange.method())) {
      for (String origin : exchange.headers("Origin")) {
        if (!isSame(origin, exchange)) {
          throw new ProblemException(
              ProblemCode.FORBIDDEN, "Pages of another origin may change nothing here");
        }
      }
    }
  }

  /**
   * Host and port have to be the same. The scheme counts only if this server itself speaks TLS:
   * behind a proxy that ends it, pages come by https and requests by http.
   */
  private static boolean isSame(String origin, Exchange exchange) {
    try {
      var uri = new URI(origin);
      String authority = uri.getRawAuthority();
      String scheme = uri.getScheme();
      return authority != null
          && scheme != null
          && (!exchange.isSecure() || scheme.equalsIgnoreCase("https"))
          && authority.equalsIgnoreCase(exchange.header("Host").orElse(""));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
