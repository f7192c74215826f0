package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.server.event.EventName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server says of itself when things go wrong. */
class HealthTest {
  @TempDir Path root;
  private final SteppingClock clock = new SteppingClock();

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
  }

  private LiveServer start(String configuration) throws Exception {
    return LiveServer.start(root, configuration, builder -> builder.clock(clock));
  }

  @SuppressWarnings("unchecked")
  private static void assertHealth(LiveServer server, String status, String backup)
      throws Exception {
    Map<String, Object> health = server.as("").send(server.as("").plain("/health").build()).json();
    assertThat((Map<String, Object>) health.get("backup")).containsEntry("state", backup);
    assertThat(health).containsEntry("status", status);
  }

  private static String metrics(LiveServer server) throws Exception {
    return server.as("").send(server.as("").plain("/metrics").build()).text();
  }

  @Test
  @DisplayName("a first backup that does not come is overdue, as a later one is")
  void overdue() throws Exception {
    try (LiveServer server = start(LiveServer.configuration("schedule_hours: 168"))) {
      assertHealth(server, "ok", "none");
      clock.advance(Duration.ofHours(251));
      assertHealth(server, "ok", "none");
      clock.advance(Duration.ofHours(2));
      assertHealth(server, "degraded", "overdue");
      assertThat(server.backup().status()).isEqualTo(201);
      assertHealth(server, "ok", "ok");
      clock.advance(Duration.ofHours(253));
      assertHealth(server, "degraded", "overdue");
    }
  }

  @Test
  @DisplayName("a repository that goes away after a good backup is seen at once")
  void unavailable() throws Exception {
    try (LiveServer server =
        LiveServer.start(
            root, LiveServer.configuration("state: state"), root.resolve("state"), b -> b)) {
      assertThat(server.backup().status()).isEqualTo(201);
      assertHealth(server, "ok", "ok");
      Files.move(root.resolve("repository"), root.resolve("elsewhere"));
      Files.writeString(root.resolve("repository"), "in the way");
      assertHealth(server, "degraded", "unavailable");
      Files.delete(root.resolve("repository"));
      Files.move(root.resolve("elsewhere"), root.resolve("repository"));
      assertHealth(server, "ok", "ok");
    }
  }

  @Test
  @DisplayName("a backup without an optional component is a success, here and in the metrics")
  void partial() throws Exception {
    String configuration =
        LiveServer.configuration() + "  gone: {kind: file, path: live/gone, critical: false}\n";
    try (LiveServer server = start(configuration)) {
      assertThat(server.backup().json()).containsEntry("status", "partial");
      assertHealth(server, "ok", "ok");
      assertThat(metrics(server)).contains("holdfast_backup_last_success_timestamp_seconds ");
      assertThat(server.restore("{\"backup_id\": \"latest\", \"dry_run\": true}").status())
          .isEqualTo(404);
      assertThat(
              server
                  .restore(
                      "{\"backup_id\": \"latest\", \"components\": [\"tree\"], \"dry_run\": true}")
                  .status())
          .isEqualTo(201);
    }
  }

  @Test
  @Tag("P12")
  @DisplayName("P12: a backup that cannot begin is counted and told like any other that failed")
  void countedAndTold() throws Exception {
    try (LiveServer server =
        LiveServer.start(
            root, LiveServer.configuration("state: state"), root.resolve("state"), b -> b)) {
      Files.move(root.resolve("repository"), root.resolve("elsewhere"));
      Files.writeString(root.resolve("repository"), "in the way");
      assertThat(server.backup().status()).isEqualTo(500);
      assertThat(metrics(server))
          .contains("holdfast_runs_total{operation=\"backup\",status=\"failed\"} 1");
      assertThat(server.events())
          .filteredOn(event -> event.name() == EventName.BACKUP_FAILED)
          .singleElement()
          .satisfies(event ->
              assertThat(event.facts())
                  .containsEntry("trigger", "manual")
                  .containsEntry("status", "failed"));
    }
  }

  @Test
  @DisplayName("a request for what is not there is nobody's failure")
  void mistakes() throws Exception {
    try (LiveServer server = start(LiveServer.configuration())) {
      assertThat(
              server
                  .restore("{\"backup_id\": \"20200101-000000-000001\", \"confirm\": true}")
                  .status())
          .isEqualTo(404);
      assertThat(server.post("/admin/backups", "{\"components\": [\"none\"]}").status())
          .isEqualTo(422);
      assertHealth(server, "ok", "none");
      assertThat(server.events())
          .noneMatch(event -> event.name() == EventName.BACKUP_FAILED)
          .noneMatch(event -> event.name() == EventName.RESTORE_FAILED);
    }
  }

  @Test
  @DisplayName("the component to blame is named, not one that was given up because of it")
  void blamed() throws Exception {
    String configuration =
        LiveServer.configuration()
                .replace("  tree:", "  atree:")
                .replace(
                    "path: live/tree}",
                    "path: live/tree, pause: [sh, -c, 'exec cat'], resume: ['true'],"
                        + " pause_timeout: 5m}")
            + "  broken: {kind: file, path: live/gone}\n";
    try (LiveServer server = start(configuration)) {
      var answer = server.backup();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(server.get("/admin/runs/" + answer.string("run_id")).object("failure"))
          .containsEntry("code", "SOURCE_MISSING");
    }
  }

  @Test
  @DisplayName("a backup of one component does not hide that the last of everything failed")
  void scoped() throws Exception {
    String configuration = LiveServer.configuration() + "  note: {kind: file, path: live/note}\n";
    Files.writeString(root.resolve("live/note"), "x");
    try (LiveServer server = start(configuration)) {
      assertThat(server.post("/admin/backups", "{\"components\": [\"tree\"]}").status())
          .isEqualTo(201);
      assertHealth(server, "ok", "none");
      assertThat(server.backup().status()).isEqualTo(201);
      assertHealth(server, "ok", "ok");
      assertThat(metrics(server)).contains("holdfast_backup_last_status{status=\"completed\"} 1");
      Files.delete(root.resolve("live/note"));
      assertThat(server.backup().status()).isEqualTo(500);
      assertThat(server.post("/admin/backups", "{\"components\": [\"tree\"]}").status())
          .isEqualTo(201);
      assertThat(metrics(server)).contains("holdfast_backup_last_status{status=\"failed\"} 1");
    }
  }

  @Test
  @DisplayName("a backup that a validation found damaged is counted as such")
  void damaged() throws Exception {
    try (LiveServer server = start(LiveServer.configuration("compression: none"))) {
      String run = server.backup().string("run_id");
      Path copy = root.resolve("repository/completed/" + run + "_manual/tree/data/notes");
      if (!Files.exists(copy)) {
        try (var all = Files.walk(root.resolve("repository/completed"))) {
          copy = all.filter(path -> path.endsWith("notes")).findFirst().orElseThrow();
        }
      }
      Files.writeString(copy, "FIRST");
      assertThat(server.post("/admin/backups/" + run + "/validate", "").json())
          .containsEntry("ok", false);
      assertThat(metrics(server)).contains("holdfast_repository_backups{status=\"damaged\"} 1");
    }
  }

  @Test
  @DisplayName("what is stored as plain files counts as stored")
  void storedBytes() throws Exception {
    try (LiveServer server = start(LiveServer.configuration("compression: none"))) {
      assertThat(server.backup().status()).isEqualTo(201);
      assertThat(metrics(server))
          .contains("holdfast_backup_last_stored_bytes 5")
          .contains("holdfast_repository_stored_bytes 5");
    }
  }

  @Test
  @DisplayName("a run that was missed before any schedule has run is made up all the same")
  void missed() throws Exception {
    String configuration = LiveServer.configuration("schedule_hours: 6");
    try (LiveServer server = start(configuration)) {
      assertThat(server.backup().status()).isEqualTo(201);
    }
    clock.advance(Duration.ofHours(7));
    try (LiveServer server = start(configuration)) {
      await()
          .until(() ->
              server.events().stream()
                  .anyMatch(event ->
                      event.name() == EventName.BACKUP_COMPLETED
                          && "scheduled".equals(event.facts().get("trigger"))));
    }
  }

  @Test
  @DisplayName("a state database that is gone is told of")
  void lostState() throws Exception {
    start(LiveServer.configuration()).close();
    Files.delete(root.resolve("repository/.state/server.db"));
    try (LiveServer server = start(LiveServer.configuration())) {
      assertThat(server.events())
          .anySatisfy(event -> {
            assertThat(event.name()).isEqualTo(EventName.STATE_FAILED);
            assertThat(event.text()).contains("was gone");
          });
    }
  }

  @Test
  @DisplayName("a state database that takes nothing is unavailable, though it answers")
  void lockedState() throws Exception {
    try (LiveServer server = start(LiveServer.configuration())) {
      String put = "{\"value\": 12}";
      try (Connection other =
              DriverManager.getConnection(
                  "jdbc:sqlite:" + root.resolve("repository/.state/server.db"));
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertThat(server.put("/settings/backup/schedule_hours", put).status()).isEqualTo(503);
        assertThat(server.as("").send(server.as("").plain("/health").build()).json())
            .containsEntry("status", "degraded")
            .containsEntry("state_database", "unavailable");
        statement.execute("ROLLBACK");
      }
      assertThat(server.put("/settings/backup/schedule_hours", put).status()).isEqualTo(200);
      assertThat(server.as("").send(server.as("").plain("/health").build()).json())
          .containsEntry("status", "ok")
          .containsEntry("state_database", "ok");
    }
  }

  @Test
  @DisplayName("restores that were made under a clock that was ahead keep nobody from one now")
  void restoresOfTheFuture() throws Exception {
    try (LiveServer server = start(LiveServer.configuration())) {
      server.backup();
      String restore = "{\"backup_id\": \"latest\", \"confirm\": true}";
      clock.advance(Duration.ofDays(10));
      for (int i = 0; i < 3; i++) {
        assertThat(server.restore(restore).status()).isEqualTo(201);
      }
      assertThat(server.restore(restore).status()).isEqualTo(429);
      clock.advance(Duration.ofDays(-10));
      assertThat(server.restore(restore).status()).isEqualTo(201);
    }
  }

  @Test
  @DisplayName("components tell when the schedule includes them next")
  void nextRun() throws Exception {
    try (LiveServer server = start(LiveServer.configuration("schedule_hours: 6"))) {
      assertThat(server.get("/admin/components").text()).contains("\"next_run\":");
      server.put("/settings/backup/enabled", "{\"value\": false}");
      assertThat(server.get("/admin/components").text()).doesNotContain("\"next_run\":");
    }
  }
}
