package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

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
      assertLast("ops", "run.cancel", held);
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

  @Test
  @DisplayName("what was refused for its role, or only looked at, is no act")
  void noActs() throws Exception {
    try (ApiClient viewer = server.withRole("eye", "viewer")) {
      viewer.backup();
      viewer.get("/admin/backups");
      viewer.delete("/admin/backups/000000000000");
    }
    List<Map<String, Object>> acts = server.get("/admin/audit").data();
    assertThat(acts).extracting(act -> act.get("action")).containsExactly("token.make");
  }
}
