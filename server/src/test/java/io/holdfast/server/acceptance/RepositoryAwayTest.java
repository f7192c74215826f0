package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.event.EventName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose repository cannot be reached. */
class RepositoryAwayTest {
  @TempDir Path root;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
  }

  @Test
  @Tag("P12")
  @DisplayName(
      "P12: the server starts, says what is wrong, and makes backups once the repository is back")
  void startsAllTheSame() throws Exception {
    Path state = root.resolve("state");
    String configuration =
        LiveServer.configuration("state: state")
            .replace("on_startup: false", "on_startup: true")
            .replace("path: repository", "path: repository/inner");
    // Where the repository's parent should be there is a file.
    Files.writeString(root.resolve("repository"), "in the way");
    try (LiveServer server = LiveServer.start(root, configuration, state, b -> b)) {
      assertThat(server.as("").send(server.as("").plain("/ready").build()).status()).isEqualTo(200);
      Answer unread = server.get("/admin/backups");
      assertThat(unread.status()).isEqualTo(500);
      assertThat(unread.json())
          .containsEntry("detail", "The repository cannot be read")
          .containsKey("reason");
      assertThat(server.as("").send(server.as("").plain("/health").build()).text())
          .contains("\"state\":\"unavailable\"");
      assertThat(server.backup().status()).isEqualTo(500);
      assertThat(server.as("").send(server.as("").plain("/metrics").build()).status())
          .isEqualTo(200);
      assertThat(server.events())
          .anySatisfy(event -> assertThat(event.name()).isEqualTo(EventName.REPOSITORY_UNAVAILABLE))
          .anySatisfy(event -> assertThat(event.name()).isEqualTo(EventName.BACKUP_FAILED));
      Files.delete(root.resolve("repository"));
      assertThat(server.backup().status()).isEqualTo(201);
      assertThat(server.get("/admin/backups").data()).hasSize(1);
      assertThat(server.as("").send(server.as("").plain("/health").build()).text())
          .contains("\"status\":\"ok\"");
    }
  }

  @Test
  @Tag("P10")
  @DisplayName(
      "P10: killed before the answer and started while the repository is not mounted, a key waits"
          + " for what its run did, and no run makes another repository in its place")
  void keyOfARunThatNobodyCanAskFor() throws Exception {
    Path state = root.resolve("state");
    String configuration = LiveServer.configuration("state: state");
    Answer first;
    try (LiveServer server = LiveServer.start(root, configuration, state, b -> b)) {
      first = server.post("/admin/backups", "", "once");
      assertThat(first.status()).isEqualTo(201);
    }
    StateFile.killedBeforeTheAnswer(state);
    Path repository = root.resolve("repository");
    Path away = root.resolve("away");
    Files.move(repository, away);
    // As a mount point is without its mount.
    Files.createDirectory(repository);
    String starting = configuration.replace("on_startup: false", "on_startup: true");
    try (LiveServer server = LiveServer.start(root, starting, state, b -> b)) {
      assertThat(server.post("/admin/backups", "", "once").status()).isEqualTo(409);
      assertThat(server.post("/admin/backups", "", "another").status()).isEqualTo(500);
      assertThat(server.get("/admin/runs").data())
          .singleElement()
          .satisfies(run -> assertThat(run).containsEntry("status", "running"));
      assertThat(repository).isEmptyDirectory();
      Files.delete(repository);
      Files.move(away, repository);
      Answer again = server.post("/admin/backups", "", "once");
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
      assertThat(again.string("backup_id")).isEqualTo(first.string("backup_id"));
      assertThat(server.get("/admin/backups").data()).hasSize(1);
      assertThat(server.post("/admin/backups", "", "another").status()).isEqualTo(201);
      assertThat(server.get("/admin/runs").data())
          .hasSize(2)
          .allSatisfy(run -> assertThat(run).containsEntry("status", "completed"));
    }
  }

  @Test
  @Tag("P10")
  @DisplayName(
      "P10: a record of a restore that cannot be read keeps its key, and keeps no server from"
          + " starting")
  void unreadableRecord() throws Exception {
    Path state = root.resolve("state");
    String configuration = LiveServer.configuration("state: state");
    String order;
    Path record;
    byte[] good;
    try (LiveServer server = LiveServer.start(root, configuration, state, b -> b)) {
      order =
          "{\"backup_id\": \"%s\", \"confirm\": true}"
              .formatted(server.backup().string("backup_id"));
      Answer first = server.post("/admin/backups/restore", order, "once");
      assertThat(first.status()).isEqualTo(201);
      record = state.resolve("restores").resolve(first.string("run_id") + ".json");
      good = Files.readAllBytes(record);
    }
    StateFile.killedBeforeTheAnswer(state);
    Files.writeString(record, "{");
    try (LiveServer server = LiveServer.start(root, configuration, state, b -> b)) {
      assertThat(server.post("/admin/backups/restore", order, "once").status()).isEqualTo(409);
      Files.write(record, good);
      Answer again = server.post("/admin/backups/restore", order, "once");
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
      assertThat(server.get("/admin/restores").data()).hasSize(1);
    }
  }
}
