package io.holdfast.server.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a server listens.
 *
 * @param host the name or address to bind to
 * @param port 0 to 65535; 0 for any that is free
 * @param tls with it the server speaks HTTPS and nothing else
 * @param plainHttpAllowed whether it may speak HTTP without TLS beyond this machine, where tokens
 *     can be read on the way
 * @param hostNames names under which this server may be called, besides localhost and the loopback
 *     addresses. They count while it is bound to loopback without TLS: a web page can have its own
 *     name resolve to 127.0.0.1, and then call the server from the browser that shows it. Without
 *     port; case is ignored
 */
public record HttpSettings(
    String host,
    int port,
    Optional<TlsFiles> tls,
    boolean plainHttpAllowed,
    Set<String> hostNames,
    HttpLimits limits) {

  private static final int MOST_PORT = 65_535;

  public HttpSettings {
    if (port < 0 || port > MOST_PORT) {
      throw new IllegalArgumentException("port out of range: " + port);
    }
    hostNames =
        hostNames.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }
}
