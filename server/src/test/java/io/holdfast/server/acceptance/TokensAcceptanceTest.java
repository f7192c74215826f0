package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.acceptance.ApiClient.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens: made, shown once, ended. */
class TokensAcceptanceTest {
  private static final String TOKENS = "/admin/tokens";

  @TempDir Path root;
  private final SteppingClock clock = new SteppingClock();
  private LiveServer server;

  @BeforeEach
  void start() throws Exception {
    LiveServer.platform(root);
    server =
        LiveServer.start(root, LiveServer.configuration("enabled: false"), b -> b.clock(clock));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer make(String name, String more) throws Exception {
    return server.post(TOKENS, "{\"name\": \"%s\", \"role\": \"viewer\"%s}".formatted(name, more));
  }

  private int statusOf(String secret) throws Exception {
    try (ApiClient client = server.as(secret)) {
      return client.get("/admin/status").status();
    }
  }

  @Test
  @DisplayName("a secret is shown once, and is nowhere else: not in lists, logs or the database")
  void once() throws Exception {
    Answer made = make("ci", "");
    assertThat(made.status()).isEqualTo(201);
    String secret = made.string("token");
    assertThat(secret).matches("hf_[0-9a-f]{12}_[A-Za-z0-9_-]{43}").contains(made.string("id"));
    assertThat(statusOf(secret)).isEqualTo(200);
    String random = secret.substring(16);
    assertThat(server.get(TOKENS).text()).contains("\"ci\"").doesNotContain(random);
    assertThat(server.get("/admin/audit").text()).contains("\"ci\"").doesNotContain(random);
    assertThat(server.events().toString()).doesNotContain(random);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(random);
      }
    }
  }

  @Test
  @DisplayName("a token of a target is refused where that makes no sense, or the server is none")
  void targets() throws Exception {
    assertThat(make("a", ", \"target\": \"laptop\"").status()).isEqualTo(422);
    assertThat(make("a", ", \"allow_delete\": false").status()).isEqualTo(422);
    String order = "{\"name\": \"a\", \"role\": \"target\"%s}";
    assertThat(server.post(TOKENS, order.formatted("")).status()).isEqualTo(422);
    for (String name : List.of("", "..", ".a", "a/b", "a".repeat(64))) {
      assertThat(server.post(TOKENS, order.formatted(", \"target\": \"" + name + "\"")).status())
          .as(name)
          .isEqualTo(422);
    }
    Answer none = server.post(TOKENS, order.formatted(", \"target\": \"laptop\""));
    assertThat(none.status()).isEqualTo(422);
    assertThat(none.string("detail")).contains("server.target is not configured");
    server.close();
    Files.createDirectories(root.resolve("targets"));
    server =
        LiveServer.start(
            root,
            LiveServer.configuration("enabled: false")
                .replace("port: 0", "port: 0, target: {path: targets}"));
    Answer made = server.post(TOKENS, order.formatted(", \"target\": \"laptop\""));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json())
        .containsEntry("role", "target")
        .containsEntry("target", "laptop")
        .containsEntry("allow_delete", false);
    assertThat(server.get("/admin/audit").text()).contains("role target of laptop, append-only");
    assertThat(statusOf(made.string("token"))).isEqualTo(403);
  }

  @Test
  @DisplayName("the first token lies in a file that only its owner reads")
  void first() throws Exception {
    Path file = root.resolve("repository/.state/admin-token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(server.get(TOKENS).data())
        .singleElement()
        .satisfies(token ->
            assertThat(token).containsEntry("name", "admin").containsEntry("role", "admin"));
  }

  @Test
  @DisplayName("whoever revokes the last admin that never expires is told how to get in again")
  void revokeTheLastAdmin() throws Exception {
    Answer viewer = make("watcher", "");
    assertThat(server.delete(TOKENS + "/" + viewer.string("id")).header("Holdfast-Warning"))
        .isEmpty();
    String admin =
        server.get(TOKENS).data().stream()
            .filter(token -> "admin".equals(token.get("role")))
            .map(token -> String.valueOf(token.get("id")))
            .findFirst()
            .orElseThrow();

    Answer answer = server.delete(TOKENS + "/" + admin);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Holdfast-Warning")).contains("admin", "next start");
  }

  @Test
  @DisplayName("a token that is revoked stops working at once, and its name is free again")
  void revoke() throws Exception {
    Answer made = make("ci", "");
    Answer twin = make("ci", "");
    assertThat(twin.status()).isEqualTo(409);
    assertThat(twin.json()).containsEntry("reason", "NAME_TAKEN").containsEntry("retryable", false);
    assertThat(statusOf(made.string("token"))).isEqualTo(200);
    assertThat(server.delete(TOKENS + "/" + made.string("id")).status()).isEqualTo(204);
    assertThat(statusOf(made.string("token"))).isEqualTo(401);
    assertThat(server.delete(TOKENS + "/" + made.string("id")).status()).isEqualTo(404);
    assertThat(server.delete(TOKENS + "/000000000000").status()).isEqualTo(404);
    assertThat(make("ci", "").status()).isEqualTo(201);
    assertThat(server.get(TOKENS).data())
        .filteredOn(token -> token.containsKey("revoked_at"))
        .hasSize(1);
  }

  @Test
  @DisplayName("a token works until it expires")
  void expiry() throws Exception {
    Answer made = make("short", ", \"expires_in_days\": 1");
    assertThat(made.json()).containsKey("expires_at");
    assertThat(statusOf(made.string("token"))).isEqualTo(200);
    clock.advance(Duration.ofHours(24).minusMinutes(1));
    assertThat(statusOf(made.string("token"))).isEqualTo(200);
    clock.advance(Duration.ofMinutes(2));
    assertThat(statusOf(made.string("token"))).isEqualTo(401);
    assertThat(server.get("/admin/status").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("tokens outlive a restart; who has none with the role admin gets a new one")
  void restart() throws Exception {
    String mine = server.token();
    String id = String.valueOf(server.get(TOKENS).data().getFirst().get("id"));
    String viewer = make("eye", "").string("token");
    server.close();
    server = LiveServer.start(root, LiveServer.configuration("enabled: false"));
    assertThat(server.token()).isEqualTo(mine);
    assertThat(statusOf(viewer)).isEqualTo(200);
    assertThat(server.delete(TOKENS + "/" + id).status()).isEqualTo(204);
    server.close();
    server = LiveServer.start(root, LiveServer.configuration("enabled: false"));
    assertThat(server.token()).isNotEqualTo(mine);
    assertThat(server.get(TOKENS).status()).isEqualTo(200);
    assertThat(statusOf(mine)).isEqualTo(401);
  }
}
