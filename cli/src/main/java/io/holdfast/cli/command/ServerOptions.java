package io.holdfast.cli.command;

import io.holdfast.cli.remote.ServerChoice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What a command line says of a server. */
final class ServerOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "Speak to this server instead of working here, as with $$HOLDFAST_SERVER. It takes a"
              + " token, which is never given on the command line: $$HOLDFAST_TOKEN,"
              + " $$HOLDFAST_TOKEN_FILE, or --token-file.")
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The file that holds the token; only its owner may be able to read it.")
  private @Nullable String tokenFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Certificates (PEM) to trust in place of the system's, for a server with a certificate of"
              + " one's own making; as with $$HOLDFAST_CA_FILE.")
  private @Nullable String caFile;

  @Option(
      names = "--insecure-http",
      scope = ScopeType.INHERIT,
      description =
          "Send the token over http:// to another machine, where everybody on the way can read it.")
  private boolean insecureHttp;

  ServerChoice choice() {
    return new ServerChoice(
        Optional.ofNullable(url),
        Optional.ofNullable(tokenFile),
        Optional.ofNullable(caFile),
        insecureHttp);
  }
}
