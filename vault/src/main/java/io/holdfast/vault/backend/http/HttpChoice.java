package io.holdfast.vault.backend.http;

import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.RepositoryContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What a configuration says of HTTP: {@code ca_file}, {@code connect_timeout} and {@code
 * stall_timeout}.
 *
 * @param authorities a file of certificates; empty for those that the platform trusts
 */
public record HttpChoice(Optional<FilePath> authorities, Duration connect, Duration stall) {
  /** As restic calls it; where the configuration names no file. */
  private static final String VARIABLE = "RESTIC_CACERT";

  /** Reads it; touches nothing. */
  public static HttpChoice read(Settings settings, RepositoryContext context) {
    Optional<FilePath> named = settings.optionalPath("ca_file");
    return new HttpChoice(
        named.or(() ->
            Optional.ofNullable(context.variables().apply(VARIABLE))
                .filter(path -> path.startsWith("/"))
                .map(FilePath::of)),
        settings.duration("connect_timeout", HttpSettings.CONNECT),
        settings.duration("stall_timeout", HttpSettings.STALL));
  }

  /**
   * Reads the certificates.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID} if they cannot be had
   */
  public HttpSettings settings(RepositoryContext context) {
    Optional<SSLContext> trust =
        authorities.map(file -> {
          try {
            return TrustedCertificates.read(context.files(), file);
          } catch (IOException e) {
            throw new HoldfastException(
                ErrorCode.CONFIGURATION_INVALID,
                "the certificates of the storage cannot be read: " + e.getMessage(),
                "Name a file of certificates in PEM with storage.ca_file.",
                e);
          }
        });
    return new HttpSettings(trust, connect, stall);
  }
}
