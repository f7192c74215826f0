package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.event.EventName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record of privileged acts. */
class AuditAcceptanceTest {
  @TempDir Path root;
  private Brake brake;
  private LiveServer server;

  @BeforeEach
  void start() throws Exception {
    LiveServer.platform(root);
    brake = new Brake(root);
    server = LiveServer.start(root, brake.in(LiveServer.configuration("compression: none")));
  }

  @AfterEach
  void stop() throws Exception {
    brake.release();
    server.close();
    brake.close();
  }

  /** The newest act. */
  private Map<String, Object> last() throws Exception {
    return server.get("/admin/audit?limit=1").data().getFirst();
  }

  private void assertLast(String actor, String action, String subject) throws Exception {
    assertThat(last())
        .containsEntry("actor", actor)
        .containsEntry("action", action)
        .containsEntry("address", "127.0.0.1")
        .containsKeys("id", "at", "outcome", "correlation");
    assertThat(last().get("subject")).asString().contains(subject);
    assertThat(server.events())
        .anySatisfy(event -> {
          assertThat(event.name()).isEqualTo(EventName.AUDIT);
          assertThat(event.facts()).containsEntry("action", action).containsEntry("actor", actor);
        });
  }

  @Test
  @DisplayName("each privileged act is there, with who, what, when and from where")
  void acts() throws Exception {
    Answer made = server.post("/admin/tokens", "{\"name\": \"ops\", \"role\": \"operator\"}");
    assertLast("admin", "token.make", "ops");
    try (ApiClient operator = server.as(made.string("token"))) {
      Answer backup = operator.backup();
      String id = backup.string("backup_id");
      String run = backup.string("run_id");
      assertLast("ops", "backup.create", run);
      operator.post("/admin/backups/" + id + "/validate", "");
      assertLast("ops", "backup.validate", run);
      operator.post("/admin/repository/check", "");
      assertLast("ops", "repository.check", "");
      server.restore("{\"backup_id\": \"%s\", \"dry_run\": true}".formatted(id));
      assertLast("admin", "backup.restore.dry_run", run);
      server.restore("{\"backup_id\": \"%s\", \"confirm\": true}".formatted(id));
      assertLast("admin", "backup.restore", run);
      server.get("/admin/backups/" + id + "/artifacts/tree/files");
      assertLast("admin", "backup.artifact", run + "/tree/files");
      server.delete("/admin/backups/" + id);
      assertLast("admin", "backup.delete", run);
      brake.arm();
      server.send(
          operator
              .posting("/admin/backups", "")
              .header("Idempotency-Key", "held")
              .header("Prefer", "respond-async")
              .build());
      brake.awaitHeld();
      String held = String.valueOf(server.get("/admin/status").object("current").get("run_id"));
      operator.post("/admin/runs/" + held + "/cancel", "");
      // The run's own end is recorded as well, a moment later.
      await().untilAsserted(() -> assertLast("ops", "backup.create", held));
      assertThat(server.get("/admin/audit").data())
          .anySatisfy(act ->
              assertThat(act).containsEntry("action", "run.cancel").containsEntry("subject", held));
    }
    server.put("/settings/backup/schedule_hours", "{\"value\": 9}");
    assertLast("admin", "setting.put", "backup.schedule_hours");
    server.delete("/settings/backup/schedule_hours");
    assertLast("admin", "setting.reset", "backup.schedule_hours");
    server.delete("/admin/tokens/" + made.string("id"));
    assertLast("admin", "token.revoke", made.string("id"));
  }

  @Test
  @DisplayName("an act bears the correlation id of its request, and outlives a restart")
  void correlation() throws Exception {
    server.send(
        server
            .posting("/admin/backups", "")
            .header("Idempotency-Key", "k")
            .header("X-Correlation-Id", "deploy-1742")
            .build());
    assertThat(last()).containsEntry("correlation", "deploy-1742");
    server.close();
    server = LiveServer.start(root, brake.in(LiveServer.configuration()));
    assertThat(last())
        .containsEntry("action", "backup.create")
        .containsEntry("correlation", "deploy-1742");
  }

  /** Acts of that kind, the oldest first. */
  private List<Map<String, Object>> acts(String action) throws Exception {
    return server.get("/admin/audit?limit=100").data().reversed().stream()
        .filter(act -> action.equals(act.get("action")))
        .toList();
  }

  @Test
  @DisplayName("what was only looked at is no act")
  void noActs() throws Exception {
    try (ApiClient viewer = server.withRole("eye", "viewer")) {
      viewer.get("/admin/backups");
    }
    List<Map<String, Object>> acts = server.get("/admin/audit").data();
    assertThat(acts).extracting(act -> act.get("action")).containsExactly("token.make");
  }

  @Test
  @DisplayName("what an act came to is recorded at its end, and what was restored where")
  void outcomes() throws Exception {
    String id = server.backup().string("backup_id");
    assertThat(acts("backup.create"))
        .extracting(act -> act.get("outcome"))
        .containsExactly("started", "completed");
    server.post("/admin/backups/" + id + "/validate", "");
    assertThat(acts("backup.validate"))
        .extracting(act -> act.get("outcome"))
        .containsExactly("started", "completed: sound");
    server.post("/admin/repository/check", "");
    assertThat(acts("repository.check"))
        .extracting(act -> act.get("outcome"))
        .containsExactly("started", "completed: sound");
    Path look = root.resolve("look");
    server.restore(
        "{\"backup_id\": \"%s\", \"components\": [\"tree\"], \"destination\": \"%s\"}"
            .formatted(id, look));
    assertThat(acts("backup.restore"))
        .allSatisfy(act ->
            assertThat(act.get("subject")).asString().endsWith(", components tree, to " + look))
        .extracting(act -> act.get("outcome"))
        .containsExactly("started", "completed");
    Damage.oneByte(root.resolve("repository/completed"), "first");
    server.restore("{\"backup_id\": \"%s\", \"confirm\": true}".formatted(id));
    assertThat(acts("backup.restore"))
        .extracting(act -> act.get("outcome"))
        .endsWith("started", "failed: ARTIFACT_CORRUPT");
  }

  @Test
  @DisplayName("what was refused is recorded, and of one caller not without end")
  void refusals() throws Exception {
    String id = server.backup().string("backup_id");
    server.restore("{\"backup_id\": \"%s\"}".formatted(id));
    Path inside = root.resolve("repository/completed/x");
    server.restore("{\"backup_id\": \"%s\", \"destination\": \"%s\"}".formatted(id, inside));
    assertThat(acts("backup.restore"))
        .extracting(act -> act.get("outcome"))
        .containsExactly("refused: not confirmed", "refused: TARGET_UNSUITABLE");
    assertThat(acts("backup.restore").getLast().get("subject")).asString().endsWith("to " + inside);
    server.put("/settings/backup/path", "{\"value\": \"/etc/passwd\"}");
    assertLast("admin", "setting.put", "backup.path");
    assertThat(last()).containsEntry("outcome", "refused: VALUE_REFUSED");
    try (ApiClient viewer = server.withRole("eye", "viewer")) {
      for (int tried = 0; tried < 15; tried++) {
        viewer.delete("/admin/backups/" + id);
      }
      // One by one on its connection: each was recorded before the next was answered.
      viewer.get("/admin/backups");
    }
    assertThat(acts("request"))
        .hasSize(10)
        .allSatisfy(act ->
            assertThat(act)
                .containsEntry("actor", "eye")
                .containsEntry("outcome", "refused: role")
                .containsEntry("address", "127.0.0.1"));
  }
}
