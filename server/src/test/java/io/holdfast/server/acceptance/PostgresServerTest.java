package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.Holdfast;
import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.testkit.postgres.PostgresCluster;
import io.holdfast.testkit.postgres.PostgresExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that keeps its state in PostgreSQL. */
@ExtendWith(PostgresExtension.class)
class PostgresServerTest {
  private final PostgresCluster cluster;

  @TempDir Path root;

  PostgresServerTest(PostgresCluster cluster) {
    this.cluster = cluster;
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: keys, settings, tokens and runs outlive the server")
  void outlives() throws Exception {
    String configuration = configuration();
    String backup;
    String token;
    try (LiveServer server = LiveServer.start(root, configuration)) {
      token = server.token();
      Answer made = server.post("/admin/backups", "", "key");
      assertThat(made.status()).isEqualTo(201);
      backup = made.string("backup_id");
      assertThat(server.put("/settings/backup/schedule_hours", "{\"value\": 12}").status())
          .isEqualTo(200);
    }
    try (LiveServer server = LiveServer.start(root, configuration)) {
      assertThat(server.token()).isEqualTo(token);
      Answer again = server.post("/admin/backups", "", "key");
      assertThat(again.response().headers().firstValue("Idempotency-Replayed")).contains("true");
      assertThat(again.string("backup_id")).isEqualTo(backup);
      assertThat(server.get("/admin/backups").data()).hasSize(1);
      assertThat(server.get("/admin/runs").data()).hasSize(1);
      assertThat(server.get("/settings/backup/schedule_hours").json())
          .containsEntry("value", "12")
          .containsEntry("source", "stored");
      assertThat(server.get("/admin/audit").data()).isNotEmpty();
    }
    assertThat(root.resolve("repository/.state/server.db")).doesNotExist();
  }

  @Test
  @Tag("P11")
  @Tag("P12")
  @DisplayName(
      "P11, P12: while the database is down the application's backups and restores go on, and whoever"
          + " has a token is told what there is")
  void goesOn() throws Exception {
    try (LiveServer server = LiveServer.start(root, configuration())) {
      String id = server.backup().string("backup_id");
      Files.writeString(root.resolve("live/tree/notes"), "second");
      cluster.stop();
      try {
        assertThat(server.holdfast().backup().status().isPublished()).isTrue();
        assertThat(server.get("/admin/backups").data()).hasSize(2);
        RunId backup = server.holdfast().resolve(id);
        RestoreOutcome restored =
            server
                .holdfast()
                .restore(new RestoreRequest(backup, List.of(), Optional.empty(), false));
        assertThat(restored.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(root.resolve("live/tree/notes")).hasContent("first");
        assertThat(server.get("/admin/status").text())
            .contains("\"state_database\":\"unavailable\"");
        assertThat(server.backup().status())
            .describedAs("without the database no key can be kept")
            .isEqualTo(503);
      } finally {
        cluster.restart();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(server.backup().status()).isEqualTo(201));
      assertThat(server.get("/admin/runs").data()).hasSize(4);
    }
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: a second server on the same database is refused, whatever it protects")
  void second() throws Exception {
    String configuration = configuration();
    Path other = Files.createDirectory(root.resolve("other"));
    LiveServer.platform(other);
    Files.copy(root.resolve("password"), other.resolve("password"));
    try (LiveServer server = LiveServer.start(root, configuration)) {
      assertThatThrownBy(() -> LiveServer.start(other, configuration))
          .isInstanceOf(HoldfastException.class)
          .hasMessageContaining("another server uses the state database");
      assertThat(server.backup().status()).isEqualTo(201);
    }
    Holdfast.builder().configuration(other.resolve("holdfast.yaml")).start().close();
  }

  private String configuration() throws Exception {
    LiveServer.platform(root);
    Path password = root.resolve("password");
    Files.writeString(password, cluster.password() + "\n");
    return LiveServer.configuration()
        .replace(
            "server: {port: 0}",
            """
            server:
              port: 0
              database: {url: "%s", user: %s, password_file: password}
            """
                .formatted(cluster.createDatabase(), PostgresCluster.USER)
                .stripTrailing());
  }
}
