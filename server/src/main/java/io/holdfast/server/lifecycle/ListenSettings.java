package io.holdfast.server.lifecycle;

import io.holdfast.server.configuration.ServerSettings;
import io.holdfast.server.http.HttpLimits;
import io.holdfast.server.http.HttpSettings;
import io.holdfast.server.http.TlsFiles;
import java.util.Set;

/** How a server listens, from what its configuration says. */
final class ListenSettings {
  private ListenSettings() {}

  static HttpSettings of(ServerSettings settings) {
    return new HttpSettings(
        settings.address(),
        settings.port(),
        settings.tls().map(tls -> new TlsFiles(tls.certificate(), tls.key())),
        settings.plainHttp(),
        Set.copyOf(settings.names()),
        HttpLimits.defaults());
  }
}
