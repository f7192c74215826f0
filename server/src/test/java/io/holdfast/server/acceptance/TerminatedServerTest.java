package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are asked to end while they are at work, and servers that find another. */
class TerminatedServerTest {
  /** Of the JVM, when it ends by SIGTERM. */
  private static final int TERMINATED = 143;

  private static final int BOUND_SECONDS = 60;

  /** Far more than it takes, and far less than requests and runs would be waited for. */
  private static final int SOON_SECONDS = 20;

  @TempDir Path root;
  private Brake brake;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
    brake = new Brake(root);
  }

  @AfterEach
  void stop() throws Exception {
    brake.close();
  }

  private List<String> names(String directory) throws IOException {
    Path place = root.resolve("repository").resolve(directory);
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(place)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static CompletableFuture<Integer> status(ApiClient client, String path, String body) {
    return client
        .sendAsync(client.posting(path, body).header("Idempotency-Key", "held").build())
        .handle((answer, gone) -> gone == null ? answer.status() : 0);
  }

  @Test
  @Tag("P9")
  @DisplayName(
      "P9: SIGTERM in the middle of a backup: nothing of it is published, the shutdown backup is made")
  void backup() throws Exception {
    String configuration =
        brake.in(LiveServer.configuration()).replace("on_shutdown: false", "on_shutdown: true");
    try (ServerProcess server = ServerProcess.start(root, configuration)) {
      brake.arm();
      CompletableFuture<Integer> asked;
      try (ApiClient client = server.client()) {
        asked = status(client, "/admin/backups", "");
        brake.awaitHeld();
        brake.disarm();
        server.terminate();
        assertThat(server.awaitEnd(BOUND_SECONDS)).isEqualTo(TERMINATED);
        assertThat(asked.join()).isIn(409, 503, 0);
      }
      assertThat(server.awaitLine("closed")).isEqualTo("closed");
    }
    assertThat(names(".running")).isEmpty();
    assertThat(names("completed")).singleElement().asString().endsWith("_shutdown");
    try (LiveServer again = LiveServer.start(root, brake.in(LiveServer.configuration()))) {
      assertThat(again.get("/admin/runs").data())
          .extracting(run -> run.get("status"))
          .containsExactly("completed", "cancelled");
      assertThat(again.post("/admin/backups", "", "held").status()).isEqualTo(201);
    }
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: SIGTERM while a restore saves what is live: the target is as it was")
  void restoreInItsSafetyBackup() throws Exception {
    String configuration = brake.in(LiveServer.configuration());
    try (ServerProcess server = ServerProcess.start(root, configuration);
        ApiClient client = server.client()) {
      String id = client.backup().string("backup_id");
      Files.writeString(root.resolve("live/tree/notes"), "second");
      brake.arm();
      CompletableFuture<Integer> asked = status(client, "/admin/backups/restore", confirmed(id));
      brake.awaitHeld();
      server.terminate();
      assertThat(server.awaitEnd(BOUND_SECONDS)).isEqualTo(TERMINATED);
      assertThat(asked.join()).isIn(409, 503, 0);
    }
    brake.disarm();
    assertThat(root.resolve("live/tree/notes")).hasContent("second");
    try (LiveServer again = LiveServer.start(root, configuration)) {
      assertThat(again.get("/admin/restores").data())
          .singleElement()
          .satisfies(run -> assertThat(run).containsEntry("status", "cancelled"));
    }
  }

  @Test
  @Tag("P4")
  @DisplayName(
      "P4: SIGTERM while a restore writes: its target is the old one or the new one, whole")
  void restoreAtItsTarget() throws Exception {
    for (int i = 0; i < 2000; i++) {
      Files.writeString(root.resolve("live/tree/file" + i), "content " + i);
    }
    String configuration = LiveServer.configuration();
    TreeSnapshot old = tree();
    TreeSnapshot changed;
    try (ServerProcess server = ServerProcess.start(root, configuration);
        ApiClient client = server.client()) {
      String id = client.backup().string("backup_id");
      Files.writeString(root.resolve("live/tree/notes"), "second");
      changed = tree();
      CompletableFuture<Integer> asked = status(client, "/admin/backups/restore", confirmed(id));
      await()
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofMinutes(1))
          .until(() -> asked.isDone() || !beside().equals(List.of("tree")));
      server.terminate();
      assertThat(server.awaitEnd(BOUND_SECONDS)).isEqualTo(TERMINATED);
      assertThat(asked.join()).isIn(201, 409, 503, 0);
    }
    assertThat(beside()).containsExactly("tree");
    assertThat(tree()).isIn(old, changed);
    String expected = tree().equals(old) ? "completed" : "cancelled";
    try (LiveServer again = LiveServer.start(root, configuration)) {
      Map<String, Object> run = again.get("/admin/restores").data().getFirst();
      assertThat(run).containsEntry("status", expected);
    }
  }

  private static String confirmed(String id) {
    return "{\"backup_id\": \"%s\", \"confirm\": true}".formatted(id);
  }

  private TreeSnapshot tree() throws IOException {
    return TreeSnapshot.of(PosixFileLayer.create(), FilePath.of(root.resolve("live/tree")));
  }

  private List<String> beside() throws IOException {
    try (Stream<Path> all = Files.list(root.resolve("live"))) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @DisplayName(
      "a second server on the same installation is refused, in this process and in another")
  void second() throws Exception {
    String configuration = LiveServer.configuration();
    try (LiveServer server = LiveServer.start(root, configuration)) {
      assertThatThrownBy(() -> LiveServer.start(root, configuration))
          .hasMessageContaining("another server serves this installation already");
      try (ServerProcess other = ServerProcess.launch(root, configuration, Map.of())) {
        assertThat(other.line()).startsWith("refused ").contains("another server");
        assertThat(other.awaitEnd(BOUND_SECONDS)).isEqualTo(3);
      }
      assertThat(server.backup().status()).isEqualTo(201);
    }
    try (ServerProcess next = ServerProcess.start(root, configuration);
        ApiClient client = next.client()) {
      assertThat(client.get("/admin/backups").data()).hasSize(1);
    }
  }

  @Test
  @DisplayName("SIGTERM while nothing is under way ends the server soon, and closes its port")
  void idle() throws Exception {
    try (ServerProcess server = ServerProcess.start(root, LiveServer.configuration());
        ApiClient client = server.client()) {
      Answer made = client.backup();
      assertThat(made.status()).isEqualTo(201);
      server.terminate();
      assertThat(server.awaitEnd(SOON_SECONDS)).isEqualTo(TERMINATED);
      assertThatThrownBy(() -> client.get("/admin/backups")).isInstanceOf(IOException.class);
    }
  }

  @Test
  @DisplayName("while the shutdown backup is made the server says that it is not ready any more")
  void ending() throws Exception {
    String configuration =
        brake.in(LiveServer.configuration()).replace("on_shutdown: false", "on_shutdown: true");
    try (ServerProcess server = ServerProcess.start(root, configuration);
        ApiClient client = server.client()) {
      HttpRequest ready = client.as("").plain("/ready").build();
      assertThat(client.send(ready).status()).isEqualTo(200);
      brake.arm();
      server.terminate();
      brake.awaitHeld();
      assertThat(client.send(ready).status()).isEqualTo(503);
      assertThat(client.backup().status()).isEqualTo(503);
      brake.release();
      assertThat(server.awaitEnd(BOUND_SECONDS)).isEqualTo(TERMINATED);
    }
    assertThat(names("completed")).singleElement().asString().endsWith("_shutdown");
  }
}
