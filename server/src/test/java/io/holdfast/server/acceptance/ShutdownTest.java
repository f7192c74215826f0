package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.event.EventName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked to end while there is work. */
class ShutdownTest {
  @TempDir Path root;
  private Brake brake;
  private LiveServer server;

  @BeforeEach
  void start() throws Exception {
    LiveServer.platform(root);
    brake = new Brake(root);
    server =
        LiveServer.start(
            root,
            brake.in(
                LiveServer.configuration().replace("on_shutdown: false", "on_shutdown: true")));
  }

  @AfterEach
  void stop() throws Exception {
    brake.release();
    server.close();
    brake.close();
  }

  @Test
  @DisplayName("nothing begins beside the shutdown backup, which is made; reading goes on")
  void nothingBegins() throws Exception {
    brake.arm();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(server.holdfast()::close);
    brake.awaitHeld();
    Answer refused = server.backup();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json())
        .containsEntry("error_code", "SERVICE_UNAVAILABLE")
        .containsEntry("reason", "SHUTTING_DOWN")
        .containsEntry("retryable", true);
    assertThat(server.as("").send(server.as("").plain("/ready").build()).status()).isEqualTo(503);
    assertThat(server.get("/admin/status").object("current")).containsEntry("trigger", "shutdown");
    brake.release();
    closing.get(1, TimeUnit.MINUTES);
    try (var made = Files.list(root.resolve("repository/completed"))) {
      assertThat(made).singleElement().asString().endsWith("_shutdown");
    }
  }

  @Test
  @DisplayName("a backup under way is cancelled, and the shutdown backup is made in its place")
  void underWay() throws Exception {
    brake.arm();
    CompletableFuture<Answer> asked =
        server.sendAsync(
            server.posting("/admin/backups", "").header("Idempotency-Key", "held").build());
    brake.awaitHeld();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(server.holdfast()::close);
    await()
        .until(() -> server.events().stream().anyMatch(e -> e.name() == EventName.SERVER_STOPPING));
    brake.release();
    closing.get(1, TimeUnit.MINUTES);
    assertThat(asked.get(1, TimeUnit.MINUTES).status()).isEqualTo(409);
    try (var made = Files.list(root.resolve("repository/completed"))) {
      assertThat(made).singleElement().asString().endsWith("_shutdown");
    }
  }
}
