package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.event.EventName;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the server and what it protects are, as those see it who look after it. */
class OperationsAcceptanceTest {
  @TempDir Path root;
  private LiveServer server;

  @BeforeEach
  void start() throws Exception {
    LiveServer.platform(root);
    server =
        LiveServer.start(
            root,
            LiveServer.configuration()
                + "  cache: {kind: directory, path: live/cache, missing: skip, critical: false}\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer open(String path) throws Exception {
    try (ApiClient nobody = server.as("")) {
      return nobody.send(nobody.plain(path).GET().build());
    }
  }

  private Map<String, Object> component(String name) throws Exception {
    Answer answer = server.get("/admin/components");
    @SuppressWarnings("unchecked")
    var components = (List<Map<String, Object>>) answer.json().get("components");
    return components.stream().filter(c -> name.equals(c.get("name"))).findFirst().orElseThrow();
  }

  @Test
  @Tag("P12")
  @DisplayName("P12: a backup that fails shows in the health, and never makes the server unready")
  void health() throws Exception {
    assertThat(open("/health").object("backup")).containsEntry("state", "none");
    server.backup();
    assertThat(open("/health").json())
        .containsEntry("status", "ok")
        .containsEntry("state_database", "ok");
    assertThat(open("/health").object("backup"))
        .containsEntry("state", "ok")
        .containsKey("last_success");
    Files.move(root.resolve("live"), root.resolve("away"));
    assertThat(server.backup().status()).isEqualTo(500);
    Answer failing = open("/health");
    assertThat(failing.status()).isEqualTo(200);
    assertThat(failing.json()).containsEntry("status", "degraded");
    assertThat(failing.object("backup")).containsEntry("state", "failing");
    assertThat(failing.text()).doesNotContain(root.toString());
    assertThat(open("/ready").json()).containsEntry("ready", true);
    Files.move(root.resolve("away"), root.resolve("live"));
    server.backup();
    assertThat(open("/health").json()).containsEntry("status", "ok");
  }

  @Test
  @DisplayName(
      "the status tells the version, the repository, the schedule and how many backups there are")
  void status() throws Exception {
    assertThat(server.get("/admin/status").json()).containsEntry("backups", 0L);
    server.backup();
    Answer status = server.get("/admin/status");
    assertThat(status.json())
        .containsEntry("backups", 1L)
        .containsEntry("version", "test")
        .containsEntry("repository", root.resolve("repository").toString())
        .containsKey("started_at");
    assertThat(status.object("schedule"))
        .containsEntry("rule", "every 6 hours")
        .containsEntry("skipped", 0L)
        .containsEntry("missed", 0L);
  }

  @Test
  @DisplayName("components are listed with the newest backup that holds them, safety backups aside")
  void components() throws Exception {
    assertThat(component("tree"))
        .containsEntry("kind", "directory")
        .containsEntry("critical", true)
        .containsEntry("missing", "fail")
        .doesNotContainKeys("last_run_id", "last_instant");
    Answer first = server.backup();
    server.post("/admin/backups", "{\"components\": [\"cache\"]}");
    assertThat(component("tree"))
        .containsEntry("last_run_id", first.string("run_id"))
        .containsKey("last_instant");
    assertThat(component("cache"))
        .containsEntry("critical", false)
        .containsEntry("missing", "skip")
        .doesNotContainKey("last_run_id");
    server.restore(
        "{\"backup_id\": \"%s\", \"confirm\": true}".formatted(first.string("backup_id")));
    assertThat(component("tree")).containsEntry("last_run_id", first.string("run_id"));
  }

  @Test
  @DisplayName("a correlation id of the client's is kept, in the answer and in what is logged")
  void correlation() throws Exception {
    for (String header : List.of("X-Correlation-Id", "X-Request-Id")) {
      HttpRequest request =
          server.request("/admin/backups/none").header(header, "deploy-1742").GET().build();
      Answer answer = server.send(request);
      assertThat(answer.header("X-Correlation-Id")).isEqualTo("deploy-1742");
      assertThat(answer.json()).containsEntry("instance", "deploy-1742");
    }
    assertThat(server.events())
        .anySatisfy(event -> {
          assertThat(event.name()).isEqualTo(EventName.REQUEST);
          assertThat(event.facts())
              .containsEntry("correlation", "deploy-1742")
              .containsEntry("route", "/api/v1/admin/backups/{id}")
              .containsEntry("status", "404");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "ü", "{}", "a/b"})
  @DisplayName("one that could forge a line of a log is replaced")
  void correlationOfNoUse(String wished) throws Exception {
    Answer answer =
        server.send(
            server.request("/admin/backups").header("X-Correlation-Id", wished).GET().build());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Correlation-Id")).matches("[0-9a-f]{12}");
    String tooLong = "a".repeat(65);
    answer =
        server.send(
            server.request("/admin/backups").header("X-Correlation-Id", tooLong).GET().build());
    assertThat(answer.header("X-Correlation-Id")).isNotEqualTo(tooLong);
  }

  @Test
  @DisplayName("the document is served to anybody, as it is")
  void openApi() throws Exception {
    Answer answer = open("/openapi.json");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(OpenApi.JSON.readTree(answer.text())).isEqualTo(OpenApi.DOCUMENT.root());
  }
}
