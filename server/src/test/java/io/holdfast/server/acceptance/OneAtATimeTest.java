package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.server.acceptance.ApiClient.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One backup, restore or deletion at a time; a second is refused at once, and reading goes on. */
class OneAtATimeTest {
  @TempDir Path root;
  private Brake brake;
  private LiveServer server;
  private String before;

  @BeforeEach
  void start() throws Exception {
    LiveServer.platform(root);
    brake = new Brake(root);
    server = LiveServer.start(root, brake.in(LiveServer.configuration("compression: none")));
    before = server.backup().string("backup_id");
    brake.arm();
  }

  @AfterEach
  void stop() throws Exception {
    brake.release();
    server.close();
    brake.close();
  }

  private CompletableFuture<Answer> begin(String path, String body, String key) {
    CompletableFuture<Answer> asked =
        server.sendAsync(server.posting(path, body).header("Idempotency-Key", key).build());
    brake.awaitHeld();
    return asked;
  }

  private void assertEverythingElseIsRefused() throws Exception {
    assertBusy(server.backup());
    assertBusy(server.restore("{\"backup_id\": \"%s\", \"confirm\": true}".formatted(before)));
    assertBusy(server.restore("{\"backup_id\": \"%s\", \"dry_run\": true}".formatted(before)));
    assertBusy(server.delete("/admin/backups/" + before));
    assertThat(server.get("/admin/backups").status()).isEqualTo(200);
    assertThat(server.get("/admin/backups/" + before).status()).isEqualTo(200);
    assertThat(server.post("/admin/backups/" + before + "/validate", "").json())
        .containsEntry("ok", true);
    assertThat(server.post("/admin/repository/check", "{\"read_data\": true}").json())
        .containsEntry("ok", true);
    assertThat(server.get("/admin/status").object("current")).containsEntry("status", "running");
  }

  private static void assertBusy(Answer answer) {
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json())
        .containsEntry("error_code", "RESOURCE_CONFLICT")
        .containsEntry("reason", "BUSY")
        .containsEntry("retryable", true);
  }

  @Test
  @DisplayName("while a backup is under way")
  void beside() throws Exception {
    CompletableFuture<Answer> backup = begin("/admin/backups", "", "held");
    assertEverythingElseIsRefused();
    brake.release();
    assertThat(backup.get(1, TimeUnit.MINUTES).status()).isEqualTo(201);
    assertThat(server.get("/admin/backups").data()).hasSize(2);
    assertThat(server.get("/admin/status").json()).doesNotContainKey("current");
  }

  @Test
  @DisplayName("while a restore is under way")
  void besideARestore() throws Exception {
    CompletableFuture<Answer> restore =
        begin(
            "/admin/backups/restore",
            "{\"backup_id\": \"%s\", \"confirm\": true}".formatted(before),
            "held");
    assertEverythingElseIsRefused();
    brake.release();
    assertThat(restore.get(1, TimeUnit.MINUTES).status()).isEqualTo(201);
  }

  @Test
  @DisplayName("a request that was refused has not used up its key")
  void keyOfARefusal() throws Exception {
    CompletableFuture<Answer> backup = begin("/admin/backups", "", "held");
    assertBusy(server.post("/admin/backups", "", "mine"));
    brake.release();
    backup.get(1, TimeUnit.MINUTES);
    assertThat(server.post("/admin/backups", "", "mine").status()).isEqualTo(201);
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: a twin of a request that is at work waits for its answer")
  void twin() throws Exception {
    Path state = root.resolve("repository/.state");
    StateFile.execute(
        state,
        "CREATE TABLE attempt (one INTEGER)",
        "CREATE TRIGGER attempt BEFORE INSERT ON idempotency_key"
            + " BEGIN INSERT INTO attempt VALUES (1); END");
    CompletableFuture<Answer> backup = begin("/admin/backups", "", "held");
    HttpRequest again =
        server
            .request("/admin/backups")
            .header("Idempotency-Key", "held")
            .POST(BodyPublishers.noBody())
            .build();
    CompletableFuture<Answer> twin = server.sendAsync(again);
    // One of the first, and two of the twin, which has waited in between.
    await().until(() -> StateFile.number(state, "SELECT count(*) FROM attempt") >= 3);
    assertThat(twin).isNotDone();
    brake.release();
    Answer answer = twin.get(1, TimeUnit.MINUTES);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).isEqualTo(backup.get(1, TimeUnit.MINUTES).text());
    assertThat(answer.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  @Tag("campaign")
  @DisplayName("a twin that has waited for half a minute is told which run it waits for")
  void twinThatWaitsTooLong() throws Exception {
    CompletableFuture<Answer> backup = begin("/admin/backups", "", "held");
    Answer tired = server.post("/admin/backups", "", "held");
    assertThat(tired.status()).isEqualTo(409);
    assertThat(tired.string("detail"))
        .contains(String.valueOf(server.get("/admin/status").object("current").get("run_id")));
    brake.release();
    backup.get(1, TimeUnit.MINUTES);
  }
}
