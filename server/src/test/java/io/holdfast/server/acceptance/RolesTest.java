package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.acceptance.OpenApi.Operation;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what: every operation, by everybody. */
class RolesTest {
  private static final List<String> ROLES = List.of("viewer", "operator", "admin");

  @TempDir static Path root;
  private static LiveServer server;
  private static final Map<String, ApiClient> CLIENTS = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    LiveServer.platform(root);
    server = LiveServer.start(root, LiveServer.configuration());
    for (String role : ROLES) {
      CLIENTS.put(role, server.withRole("of-" + role, role));
    }
  }

  @AfterAll
  static void stop() {
    CLIENTS.values().forEach(ApiClient::close);
    CLIENTS.clear();
    server.close();
  }

  static Stream<Operation> operations() {
    return OpenApi.DOCUMENT.operations().stream();
  }

  /** A request that would do nothing if it were let in, since what it names is not there. */
  private static HttpRequest harmless(ApiClient client, Operation operation) {
    String path =
        operation
            .template()
            .replace("{id}", operation.template().contains("/backups/") ? "000000000000" : "none")
            .replace("{key}", "none")
            .replace("{component}", "none")
            .replace("{artifact}", "none");
    return client.plain(path).method(operation.method(), BodyPublishers.noBody()).build();
  }

  @ParameterizedTest
  @MethodSource("operations")
  @DisplayName("without a token, or with one that is none, only what is open answers")
  void nobody(Operation operation) throws Exception {
    boolean open = operation.role().equals("open");
    try (ApiClient nobody = server.as("");
        ApiClient impostor = server.as("hf_000000000000_" + "0".repeat(43))) {
      assertLetIn(open, nobody.send(harmless(nobody, operation)), 401);
      if (open) {
        assertLetIn(true, impostor.send(harmless(impostor, operation)), 401);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  @DisplayName("a role may do what it is for, and what the roles below it may")
  void roles(Operation operation) throws Exception {
    int needed = ROLES.indexOf(operation.role());
    for (String role : ROLES) {
      ApiClient client = CLIENTS.get(role);
      assertLetIn(ROLES.indexOf(role) >= needed, client.send(harmless(client, operation)), 403);
    }
  }

  private static void assertLetIn(boolean expected, Answer answer, int otherwise) {
    if (expected) {
      assertThat(answer.status()).isNotIn(401, 403, 429);
    } else {
      assertThat(answer.status()).isEqualTo(otherwise);
      assertThat(answer.json())
          .containsEntry("error_code", otherwise == 401 ? "UNAUTHORIZED" : "FORBIDDEN");
    }
  }

  @Test
  @DisplayName("the refusal says which role it takes, and nothing of what is there")
  void refusal() throws Exception {
    String id = server.backup().string("backup_id");
    ApiClient viewer = CLIENTS.get("viewer");
    for (String backup : List.of(id, "000000000000")) {
      Answer refused = viewer.delete("/admin/backups/" + backup);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json())
          .containsEntry("detail", "This needs the role admin; yours is viewer");
    }
    assertThat(viewer.get("/admin/backups/" + id).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("guessing tokens is slowed down, which does not lock out whoever has a good one")
  void guessing(@TempDir Path other) throws Exception {
    LiveServer.platform(other);
    try (LiveServer guessed = LiveServer.start(other, LiveServer.configuration())) {
      assertThat(guessed.get("/admin/status").status()).isEqualTo(200);
      int status = 401;
      for (int i = 0; i < 100 && status == 401; i++) {
        try (ApiClient guess = guessed.as("hf_00000000%04d_".formatted(i) + "0".repeat(43))) {
          Answer answer = guess.get("/admin/status");
          status = answer.status();
          assertThat(answer.header("Retry-After").isEmpty()).isEqualTo(status == 401);
        }
      }
      assertThat(status).isEqualTo(429);
      assertThat(guessed.get("/admin/status").status()).isEqualTo(200);
    }
  }
}
