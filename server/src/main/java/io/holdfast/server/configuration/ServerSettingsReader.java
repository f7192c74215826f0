package io.holdfast.server.configuration;

import io.holdfast.engine.configuration.Problem;
import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.server.configuration.ServerSettings.Database;
import io.holdfast.server.configuration.ServerSettings.Heartbeat;
import io.holdfast.server.configuration.ServerSettings.Target;
import io.holdfast.server.configuration.ServerSettings.Tls;
import io.holdfast.server.configuration.ServerSettings.Webhook;
import io.holdfast.server.notify.EventPattern;
import io.holdfast.server.notify.HttpAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the section {@code server}. What the keys mean stands in docs/configuration.md, which a
 * test holds to this class.
 */
public final class ServerSettingsReader {
  private static final ServerSettings OTHERWISE = ServerSettings.DEFAULT;
  private static final int HIGHEST_PORT = 65_535;
  private static final List<String> MATTERS =
      List.of(
          "backup.backup.failed",
          "backup.backup.partial",
          "backup.restore.*",
          "backup.retention.failed",
          "backup.verification.failed",
          "backup.manifest.invalid");

  private ServerSettingsReader() {}

  /**
   * Reads it.
   *
   * @param root the root of a configuration
   */
  public static ServerSettings read(Settings root) {
    Settings server = root.section("server");
    return new ServerSettings(
        server.optionalText("address").orElse(OTHERWISE.address()),
        server.number("port", OTHERWISE.port(), 0, HIGHEST_PORT),
        server.texts("names"),
        server.flag("plain_http", OTHERWISE.plainHttp()),
        tls(server),
        database(server),
        server.number("restores_per_hour", OTHERWISE.restoresAnHour(), 1, 1000),
        target(server),
        webhooks(server.section("webhooks")),
        heartbeat(server));
  }

  private static Optional<Tls> tls(Settings server) {
    if (!server.has("tls")) {
      return Optional.empty();
    }
    Settings tls = server.section("tls");
    return Optional.of(new Tls(tls.path("certificate"), tls.path("key")));
  }

  private static Optional<Database> database(Settings server) {
    if (!server.has("database")) {
      return Optional.empty();
    }
    Settings database = server.section("database");
    String url = database.text("url");
    if (!url.startsWith("jdbc:postgresql:")) {
      database.problem("url", Problem.quoted(url), "jdbc:postgresql://host:port/database");
    }
    return Optional.of(
        new Database(url, database.text("user"), SecretSource.read(database, "password")));
  }

  private static Optional<Target> target(Settings server) {
    if (!server.has("target")) {
      return Optional.empty();
    }
    Settings target = server.section("target");
    return Optional.of(new Target(target.path("path"), quota(target)));
  }

  private static OptionalLong quota(Settings target) {
    Optional<String> said = target.optionalText("quota");
    if (said.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong bytes = ByteSize.parse(said.get());
    if (bytes.isEmpty()) {
      target.problem("quota", Problem.quoted(said.get()), ByteSize.IN_WORDS);
    }
    return bytes;
  }

  private static List<Webhook> webhooks(Settings section) {
    var webhooks = new ArrayList<Webhook>();
    for (String name : section.keys()) {
      Settings webhook = section.section(name);
      List<String> events = webhook.texts("events");
      for (String pattern : events) {
        if (!isPattern(pattern)) {
          webhook.problem("events", Problem.quoted(pattern), EventPattern.IN_WORDS);
        }
      }
      if (!io.holdfast.server.notify.Webhook.isName(name)) {
        section.problem(
            name,
            "the name " + Problem.quoted(name),
            io.holdfast.server.notify.Webhook.NAME_IN_WORDS);
      }
      webhooks.add(
          new Webhook(
              name,
              url(webhook),
              events.isEmpty() ? MATTERS : events,
              SecretSource.read(webhook, "secret"),
              webhook.duration("timeout", Duration.ofSeconds(10))));
    }
    return List.copyOf(webhooks);
  }

  private static boolean isPattern(String text) {
    try {
      var unused = new EventPattern(text);
      return true;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static Optional<Heartbeat> heartbeat(Settings server) {
    if (!server.has("heartbeat")) {
      return Optional.empty();
    }
    Settings heartbeat = server.section("heartbeat");
    return Optional.of(
        new Heartbeat(url(heartbeat), heartbeat.duration("every", Duration.ofMinutes(5))));
  }

  private static URI url(Settings settings) {
    String text = settings.text("url");
    try {
      var url = new URI(text);
      if (HttpAddress.isOne(url)) {
        return url;
      }
    } catch (URISyntaxException told) {
      // Below.
    }
    settings.problem(
        "url", "no URL that can be called", "http://… or https://…, without a password in it");
    return URI.create("http://127.0.0.1/");
  }
}
