package io.holdfast.server.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.avaje.jsonb.Jsonb;
import io.holdfast.server.event.EventName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is to be told is told, by a real server of a real run. */
class NotifiedTest {
  private static final String SECRET = "between us";

  @TempDir Path root;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> pings = new LinkedBlockingQueue<>();
  private HttpServer receiver;
  private String configuration;

  private record Told(String timestamp, String signature, byte[] body) {
    Map<String, Object> json() {
      return Jsonb.builder().build().type(Object.class).map().fromJson(new String(body, UTF_8));
    }
  }

  @BeforeEach
  void receive() throws Exception {
    LiveServer.platform(root);
    Files.writeString(root.resolve("secret"), SECRET + "\n");
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          told.add(
              new Told(
                  exchange.getRequestHeaders().getFirst("X-Holdfast-Timestamp"),
                  exchange.getRequestHeaders().getFirst("X-Holdfast-Signature"),
                  exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.createContext(
        "/ping",
        exchange -> {
          pings.add(1);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort();
    configuration =
        LiveServer.configuration()
            .replace(
                "server: {port: 0}",
                """
                server:
                  port: 0
                  webhooks:
                    pager: {url: "%s/hook", secret_file: secret}
                  heartbeat: {url: "%s/ping", every: 1s}
                """
                    .formatted(url, url));
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  @Test
  @Tag("P12")
  @DisplayName("P12: a backup that failed is told, signed; one that went well is not asked for")
  void webhook() throws Exception {
    try (LiveServer server = LiveServer.start(root, configuration)) {
      assertThat(server.backup().status()).isEqualTo(201);
      assertThat(server.restore("{\"backup_id\": \"latest\", \"dry_run\": true}").status())
          .isEqualTo(201);
      Files.move(root.resolve("live/tree"), root.resolve("elsewhere"));
      String run = server.backup().string("run_id");
      Told first = told.poll(1, TimeUnit.MINUTES);
      assertThat(first.json()).containsEntry("event", "backup.backup.failed");
      assertThat(String.valueOf(first.json().get("facts"))).contains(run, "SOURCE_MISSING");
      assertThat(first.signature()).isEqualTo("sha256=" + signature(first));
    }
    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("a backup without an optional component is told, and says which")
  void partial() throws Exception {
    String optional = configuration + "  extra: {kind: file, path: live/gone, critical: false}\n";
    try (LiveServer server = LiveServer.start(root, optional)) {
      assertThat(server.backup().json()).containsEntry("status", "partial");
      Told first = told.poll(1, TimeUnit.MINUTES);
      assertThat(first.json()).containsEntry("event", "backup.backup.partial");
      assertThat(String.valueOf(first.json().get("text"))).contains("lacks extra");
    }
  }

  @Test
  @DisplayName("a secret that is not there is told at the start")
  void withoutSecret() throws Exception {
    Files.delete(root.resolve("secret"));
    try (LiveServer server = LiveServer.start(root, configuration)) {
      assertThat(server.events())
          .anySatisfy(event -> {
            assertThat(event.name()).isEqualTo(EventName.NOTIFICATION_FAILED);
            assertThat(event.text()).contains("webhook pager", "secret");
          });
    }
  }

  @Test
  @DisplayName("the heartbeat stops while backups fail, and goes on when they are made again")
  void heartbeat() throws Exception {
    try (LiveServer server = LiveServer.start(root, configuration)) {
      assertThat(pings.poll(1, TimeUnit.MINUTES)).isNotNull();
      Files.move(root.resolve("live/tree"), root.resolve("elsewhere"));
      assertThat(server.backup().status()).isEqualTo(500);
      // One may be on its way.
      pings.poll(2, TimeUnit.SECONDS);
      pings.clear();
      assertThat(pings.poll(2500, TimeUnit.MILLISECONDS)).isNull();
      Files.move(root.resolve("elsewhere"), root.resolve("live/tree"));
      assertThat(server.backup().status()).isEqualTo(201);
      assertThat(pings.poll(1, TimeUnit.MINUTES)).isNotNull();
    }
  }

  private static String signature(Told told) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    mac.update((told.timestamp() + ".").getBytes(UTF_8));
    return HexFormat.of().formatHex(mac.doFinal(told.body()));
  }
}
