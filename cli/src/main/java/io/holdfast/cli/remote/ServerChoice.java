package io.holdfast.cli.remote;

import java.util.Optional;

/**
 * What a command line says of a server.
 *
 * @param url where it is
 * @param tokenFile the file that holds the token
 * @param caFile the certificates to trust
 * @param insecureHttp whether the token may be sent where others can read it
 */
public record ServerChoice(
    Optional<String> url,
    Optional<String> tokenFile,
    Optional<String> caFile,
    boolean insecureHttp) {

  /** Nothing at all. */
  public static final ServerChoice NONE =
      new ServerChoice(Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** An option that makes no sense without a server. */
  public Optional<String> leftOver() {
    return tokenFile
        .map(file -> "--token-file")
        .or(() -> caFile.map(file -> "--ca-file"))
        .or(() -> insecureHttp ? Optional.of("--insecure-http") : Optional.empty());
  }
}
