package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.event.EventName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The acceptance criteria of the first wish list, one by one, against a started server. That a
 * backup is made by the command line as well is held by its own tests: {@code BackupCommandsTest}
 * without a server, {@code SameOutputTest} with one.
 */
class SeedAcceptanceTest {
  @TempDir Path root;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
  }

  @Test
  @DisplayName("scheduled backups run at the configured interval")
  void scheduled() throws Exception {
    var clock = new SteppingClock();
    try (LiveServer server =
        LiveServer.start(
            root, LiveServer.configuration("schedule_hours: 2"), b -> b.clock(clock))) {
      assertThat(server.get("/admin/backups").data()).isEmpty();
      for (int expected = 1; expected <= 2; expected++) {
        int count = expected;
        await()
            .atMost(Duration.ofSeconds(90))
            .untilAsserted(() -> {
              // A run that is due while the one before is still at its end is skipped, rightly.
              passTwoHours(server, clock);
              assertThat(server.get("/admin/backups").data()).hasSizeGreaterThanOrEqualTo(count);
            });
      }
      List<Map<String, Object>> backups = server.get("/admin/backups").data();
      assertThat(backups)
          .allSatisfy(backup -> assertThat(backup).containsEntry("trigger", "scheduled"));
      assertThat(Duration.between(started(backups.get(1)), started(backups.get(0))))
          .isGreaterThanOrEqualTo(Duration.ofHours(2));
    }
  }

  private static void passTwoHours(LiveServer server, SteppingClock clock) throws Exception {
    clock.advance(Duration.ofHours(2).plusSeconds(1));
    // The schedule looks at the clock at least once a minute; a change of its rule makes it look.
    server.put("/settings/backup/schedule_hours", "{\"value\": 3}");
    server.put("/settings/backup/schedule_hours", "{\"value\": 2}");
  }

  private static Instant started(Map<String, Object> backup) {
    return Instant.parse(String.valueOf(backup.get("started_at")));
  }

  @Test
  @DisplayName("the shutdown backup completes before the process exits, uncompressed")
  void shutdown() throws Exception {
    try (LiveServer server =
        LiveServer.start(
            root, LiveServer.configuration().replace("on_shutdown: false", "on_shutdown: true"))) {
      assertThat(server.get("/admin/backups").data()).isEmpty();
    }
    assertThat(names()).singleElement().asString().endsWith("_shutdown");
    try (LiveServer again = LiveServer.start(root, LiveServer.configuration())) {
      assertThat(again.get("/admin/backups").data())
          .singleElement()
          .satisfies(backup ->
              assertThat(backup)
                  .containsEntry("status", "completed")
                  .containsEntry("compression", "none"));
    }
  }

  @Test
  @DisplayName("the startup backup is there before requests are accepted")
  void startup() throws Exception {
    try (LiveServer server =
        LiveServer.start(
            root, LiveServer.configuration().replace("on_startup: false", "on_startup: true"))) {
      assertThat(server.get("/admin/backups").data())
          .singleElement()
          .satisfies(backup ->
              assertThat(backup)
                  .containsEntry("trigger", "startup")
                  .containsEntry("status", "completed"));
    }
  }

  @Test
  @DisplayName(
      "a manual backup by the API answers with its manifest: version, time, trigger, checksums")
  void manual() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      Answer made = server.backup();
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.json())
          .containsEntry("trigger", "manual")
          .containsEntry("status", "completed")
          .containsKeys("run_id", "started_at", "finished_at", "software_version", "size_bytes");
      assertThat(made.string("backup_id")).matches("[0-9a-f]{12}");
      assertThat(made.text()).containsPattern("\"sha256\":\"[0-9a-f]{64}\"");
      assertThat(server.get("/admin/backups/" + made.string("backup_id")).json())
          .isEqualTo(made.json());
      assertThat(server.delete("/admin/backups/" + made.string("backup_id")).status())
          .isEqualTo(204);
      assertThat(server.get("/admin/backups/" + made.string("backup_id")).json())
          .containsEntry("status", 404L)
          .containsEntry("error_code", "RECORD_NOT_FOUND");
    }
  }

  @Test
  @DisplayName(
      "path, retention and compression are configurable, retention never removes the newest")
  void retention() throws Exception {
    String configuration =
        LiveServer.configuration("compression: gzip", "retention: {max_count: 2, max_age_days: 1}");
    try (LiveServer server = LiveServer.start(root, configuration)) {
      for (int i = 0; i < 4; i++) {
        assertThat(server.backup().status()).isEqualTo(201);
      }
      assertThat(names()).hasSize(2).allSatisfy(name -> assertThat(name).endsWith(".tar.gz"));
      assertThat(server.put("/settings/backup/retention.max_count", "{\"value\": 1}").status())
          .isEqualTo(200);
      String last = server.backup().string("backup_id");
      assertThat(server.get("/admin/backups").data())
          .singleElement()
          .satisfies(backup -> assertThat(backup).containsEntry("backup_id", last));
    }
  }

  @Test
  @DisplayName(
      "a restore needs consent, validates first, takes a safety backup, and brings the state back")
  void restore() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      String id = server.backup().string("backup_id");
      Files.writeString(root.resolve("live/tree/notes"), "second");
      Answer refused = server.post("/admin/backups/restore", "{\"backup_id\": \"" + id + "\"}");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json())
          .containsEntry("error_code", "VALIDATION_ERROR")
          .containsEntry("detail", "Restore requires confirm=true");
      assertThat(root.resolve("live/tree/notes")).hasContent("second");
      Answer restored = restore(server, id);
      assertThat(restored.status()).isEqualTo(201);
      assertThat(restored.json())
          .containsEntry("restored_components", List.of("tree"))
          .containsEntry("restart_required", true);
      assertThat(root.resolve("live/tree/notes")).hasContent("first");
      Answer back = restore(server, restored.string("safety_backup_id"));
      assertThat(back.status()).isEqualTo(201);
      assertThat(root.resolve("live/tree/notes")).hasContent("second");
    }
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: a restore from a damaged backup is refused and leaves the state alone")
  void damaged() throws Exception {
    try (LiveServer server =
        LiveServer.start(root, LiveServer.configuration("compression: none"))) {
      String id = server.backup().string("backup_id");
      Files.writeString(root.resolve("live/tree/notes"), "second");
      Path manifest = root.resolve("repository/completed").resolve(names().getFirst());
      Files.writeString(manifest.resolve("manifest.json"), "{}");
      Answer refused = restore(server, id);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json()).containsEntry("detail", "Invalid backup manifest");
      assertThat(server.get("/admin/backups").data())
          .singleElement()
          .satisfies(backup -> assertThat(backup).containsEntry("status", "corrupt"));
      String run = String.valueOf(server.get("/admin/backups").data().getFirst().get("run_id"));
      assertThat(server.get("/admin/backups/" + run).json())
          .containsEntry("status", 500L)
          .containsEntry("error_code", "INTERNAL_ERROR");
      assertThat(root.resolve("live/tree/notes")).hasContent("second");
    }
  }

  @Test
  @Tag("P6")
  @DisplayName("P6: a restore validates compatibility before it overwrites anything")
  void newerFormat() throws Exception {
    try (LiveServer server =
        LiveServer.start(root, LiveServer.configuration("compression: none"))) {
      String run = server.backup().string("run_id");
      Files.writeString(root.resolve("live/tree/notes"), "second");
      Path backup = root.resolve("repository/completed").resolve(names().getFirst());
      Path manifest = backup.resolve("manifest.json");
      Path digest = backup.resolve("manifest.json.sha256");
      String written = Files.readString(manifest);
      String itsDigest = Files.readString(digest);
      String newer = written.replace("\"format_version\": 1", "\"format_version\": 3");
      Files.writeString(manifest, newer);
      // Intact, so that it is the version alone that speaks against it.
      Files.writeString(digest, sha256(newer) + "  manifest.json\n");
      Answer refused = restore(server, run);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json()).containsEntry("detail", "Invalid backup manifest");
      assertThat(server.get("/admin/backups").data())
          .singleElement()
          .satisfies(each -> assertThat(each).containsEntry("status", "unsupported"));
      assertThat(root.resolve("live/tree/notes")).hasContent("second");
      Files.writeString(manifest, written);
      Files.writeString(digest, itsDigest);
      assertThat(restore(server, run).status()).isEqualTo(201);
      assertThat(root.resolve("live/tree/notes")).hasContent("first");
    }
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  @Tag("P12")
  @DisplayName("P12: backups that fail, at start, on demand and at the end, do not harm the server")
  void failing() throws Exception {
    Files.delete(root.resolve("live/tree/notes"));
    Files.delete(root.resolve("live/tree"));
    String configuration =
        LiveServer.configuration().replace("on_startup: false", "on_startup: true");
    try (LiveServer server = LiveServer.start(root, configuration)) {
      Answer failed = server.backup();
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.json()).containsEntry("error_code", "INTERNAL_ERROR");
      assertThat(failed.text()).doesNotContain(root.toString());
      Map<String, Object> run = server.get("/admin/runs/" + failed.string("run_id")).json();
      assertThat(run).containsEntry("status", "failed");
      assertThat(run.get("failure")).asString().contains("SOURCE_MISSING");
      assertThat(server.get("/admin/status").text()).contains("\"state\":\"failing\"");
      assertThat(server.events())
          .anySatisfy(event -> assertThat(event.name()).isEqualTo(EventName.BACKUP_FAILED));
    }
  }

  private static Answer restore(LiveServer server, String id) throws Exception {
    return server.post(
        "/admin/backups/restore", "{\"backup_id\": \"" + id + "\", \"confirm\": true}");
  }

  private List<String> names() throws Exception {
    try (var all = Files.list(root.resolve("repository/completed"))) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
