package io.holdfast.server.configuration;

import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.file.FilePath;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the server is reached, and whom it tells.
 *
 * @param address what to listen on; loopback unless somebody says otherwise
 * @param port 0 for any that is free
 * @param names by which clients may call it, besides its addresses
 * @param plainHttp whether to listen beyond loopback without TLS
 * @param tls with which certificate; empty for plain HTTP
 * @param database where the state database is; empty for a file in the state directory
 * @param restoresAnHour how many restores one caller may start in an hour, 1 or more
 * @param target whether others may keep their vaults here, and where
 * @param webhooks whom to notify
 * @param heartbeat what to ping while all is well
 */
public record ServerSettings(
    String address,
    int port,
    List<String> names,
    boolean plainHttp,
    Optional<Tls> tls,
    Optional<Database> database,
    int restoresAnHour,
    Optional<Target> target,
    List<Webhook> webhooks,
    Optional<Heartbeat> heartbeat) {

  /** The port that no well-known service has. */
  public static final int DEFAULT_PORT = 8484;

  /** What a configuration without a section {@code server} means. */
  public static final ServerSettings DEFAULT =
      new ServerSettings(
          "127.0.0.1",
          DEFAULT_PORT,
          List.of(),
          false,
          Optional.empty(),
          Optional.empty(),
          3,
          Optional.empty(),
          List.of(),
          Optional.empty());

  /**
   * A certificate.
   *
   * @param certificate the chain, in PEM
   * @param key the private key, in PEM
   */
  public record Tls(FilePath certificate, FilePath key) {}

  /**
   * A PostgreSQL database.
   *
   * @param url as JDBC takes it, without a password
   */
  public record Database(String url, String user, Optional<SecretSource> password) {}

  /**
   * Where others keep their vaults.
   *
   * @param path the directory of all targets; has to be there
   * @param quota how many bytes each may take; empty for as many as there is room for
   */
  public record Target(FilePath path, OptionalLong quota) {}

  /**
   * Somebody to notify.
   *
   * @param name for people
   * @param events patterns of events, such as {@code backup.backup.failed} or {@code backup.*}
   * @param secret signs what is sent
   */
  public record Webhook(
      String name, URI url, List<String> events, Optional<SecretSource> secret, Duration timeout) {}

  /** A URL to ping. */
  public record Heartbeat(URI url, Duration every) {}
}
