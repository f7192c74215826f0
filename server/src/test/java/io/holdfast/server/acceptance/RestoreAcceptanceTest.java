package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores as clients order them. */
class RestoreAcceptanceTest {
  @TempDir Path root;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
  }

  private Path notes() {
    return root.resolve("live/tree/notes");
  }

  private static String order(String id, String more) {
    return "{\"backup_id\": \"%s\"%s}".formatted(id, more.isEmpty() ? "" : ", " + more);
  }

  private static String confirmed(String id) {
    return order(id, "\"confirm\": true");
  }

  private static TreeSnapshot tree(Path path) throws Exception {
    return TreeSnapshot.of(PosixFileLayer.create(), FilePath.of(path));
  }

  @Test
  @DisplayName(
      "three restores an hour; the fourth is told when to come back, and dry runs do not count")
  void limit() throws Exception {
    var clock = new SteppingClock();
    try (LiveServer server =
            LiveServer.start(
                root, LiveServer.configuration("enabled: false"), b -> b.clock(clock));
        ApiClient other = server.withRole("other", "admin")) {
      String id = server.backup().string("backup_id");
      for (int i = 0; i < 5; i++) {
        assertThat(server.restore(order(id, "\"dry_run\": true")).status()).isEqualTo(201);
      }
      for (int i = 0; i < 3; i++) {
        assertThat(server.restore(confirmed(id)).status()).isEqualTo(201);
      }
      Answer fourth = server.restore(confirmed(id));
      assertThat(fourth.status()).isEqualTo(429);
      assertThat(fourth.json())
          .containsEntry("error_code", "RATE_LIMITED")
          .containsEntry("retryable", true);
      // The clock runs on meanwhile.
      assertThat(Long.parseLong(fourth.header("Retry-After"))).isBetween(3540L, 3600L);
      assertThat(server.restore(order(id, "\"dry_run\": true")).status()).isEqualTo(201);
      assertThat(other.restore(confirmed(id)).status()).isEqualTo(201);
      clock.advance(Duration.ofMinutes(61));
      assertThat(server.restore(confirmed(id)).status()).isEqualTo(201);
    }
  }

  @Test
  @DisplayName("who waits as long as Retry-After says may restore, and a second earlier may not")
  void retryAfter() throws Exception {
    var clock = new StandingClock();
    String configuration =
        LiveServer.configuration("enabled: false")
            .replace("port: 0", "port: 0, restores_per_hour: 2");
    try (LiveServer server = LiveServer.start(root, configuration, b -> b.clock(clock))) {
      String id = server.backup().string("backup_id");
      assertThat(server.restore(confirmed(id)).status()).isEqualTo(201);
      clock.advance(Duration.ofSeconds(600));
      assertThat(server.restore(confirmed(id)).status()).isEqualTo(201);
      clock.advance(Duration.ofMillis(400_500));
      Answer refused = server.restore(confirmed(id));
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("2600");
      clock.advance(Duration.ofSeconds(2599));
      assertThat(server.restore(confirmed(id)).header("Retry-After")).isEqualTo("1");
      clock.advance(Duration.ofSeconds(1));
      assertThat(server.restore(confirmed(id)).status()).isEqualTo(201);
    }
  }

  @Test
  @DisplayName("the limit outlives a restart")
  void limitOverARestart() throws Exception {
    String configuration =
        LiveServer.configuration().replace("port: 0", "port: 0, restores_per_hour: 1");
    String id;
    try (LiveServer server = LiveServer.start(root, configuration)) {
      id = server.backup().string("backup_id");
      assertThat(server.restore(confirmed(id)).status()).isEqualTo(201);
    }
    try (LiveServer server = LiveServer.start(root, configuration)) {
      assertThat(server.restore(confirmed(id)).status()).isEqualTo(429);
    }
  }

  @Test
  @DisplayName("a dry run needs no consent, shows what would change, and changes nothing")
  void dryRun() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      String id = server.backup().string("backup_id");
      Files.writeString(notes(), "second");
      Files.writeString(root.resolve("live/tree/new"), "new");
      TreeSnapshot before = tree(root.resolve("live/tree"));
      Answer shown = server.restore(order(id, "\"dry_run\": true"));
      assertThat(shown.status()).isEqualTo(201);
      assertThat(shown.json())
          .containsEntry("restart_required", false)
          .doesNotContainKey("safety_backup_id");
      assertThat(shown.object("restore")).containsEntry("dry_run", true);
      assertThat(shown.object("restore").get("restored_components").toString())
          .contains("notes", "replace", "new", "remove");
      assertThat(tree(root.resolve("live/tree"))).isEqualTo(before);
      assertThat(server.get("/admin/backups").data()).hasSize(1);
      assertThat(server.get("/admin/restores").data())
          .singleElement()
          .satisfies(run -> assertThat(run).containsEntry("operation", "dry_run"));
      Map<String, Object> plan =
          server.get("/admin/restores/" + shown.string("run_id")).object("restore");
      assertThat(plan).isEqualTo(shown.object("restore"));
    }
  }

  @Test
  @DisplayName("a restore to another place needs no consent and leaves what is live alone")
  void destination() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      String id = server.backup().string("backup_id");
      TreeSnapshot first = tree(root.resolve("live/tree"));
      Files.writeString(notes(), "second");
      Path place = root.resolve("look/here");
      Answer restored = server.restore(order(id, "\"destination\": \"%s\"".formatted(place)));
      assertThat(restored.status()).isEqualTo(201);
      assertThat(restored.json())
          .containsEntry("restart_required", false)
          .doesNotContainKey("safety_backup_id");
      assertThat(restored.object("restore")).containsEntry("destination", place.toString());
      assertThat(notes()).hasContent("second");
      assertThat(tree(place.resolve("tree"))).isEqualTo(first);
    }
  }

  @Test
  @DisplayName("a destination that is not free is refused, with the reason")
  void destinationThatIsTaken() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      String id = server.backup().string("backup_id");
      for (Path taken : List.of(root.resolve("live"), notes())) {
        Answer refused = server.restore(order(id, "\"destination\": \"%s\"".formatted(taken)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json())
            .containsEntry("error_code", "VALIDATION_ERROR")
            .containsEntry("reason", "TARGET_UNSUITABLE");
        assertThat(refused.string("detail")).contains(taken.toString());
      }
      assertThat(notes()).hasContent("first");
      assertThat(server.get("/admin/restores").data()).isEmpty();
    }
  }

  @Test
  @DisplayName("a destination in the repository or in a component is refused, through links too")
  void destinationInTheInstallation() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      String id = server.backup().string("backup_id");
      Files.createSymbolicLink(root.resolve("link"), root.resolve("repository/completed"));
      TreeSnapshot live = tree(root.resolve("live"));
      for (String place :
          List.of(
              "repository/completed/20991121-184129-000001_manual",
              "repository/.running/y",
              "repository/.state/x",
              "link/x",
              "live/tree/look")) {
        Answer refused =
            server.restore(order(id, "\"destination\": \"%s\"".formatted(root.resolve(place))));
        assertThat(refused.status()).as(place).isEqualTo(422);
        assertThat(refused.json()).containsEntry("reason", "TARGET_UNSUITABLE");
        assertThat(refused.string("detail")).contains("lies in ");
      }
      assertThat(tree(root.resolve("live"))).isEqualTo(live);
      assertThat(server.get("/admin/backups").data()).hasSize(1);
      assertThat(server.get("/admin/restores").data()).isEmpty();
    }
  }

  @Test
  @DisplayName("of a partial backup, only what completed can be restored, and only by name")
  void partial() throws Exception {
    String configuration =
        LiveServer.configuration()
            + "  cache: {kind: directory, path: live/cache, critical: false}\n";
    try (LiveServer server = LiveServer.start(root, configuration)) {
      Answer made = server.backup();
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.json()).containsEntry("status", "partial");
      String id = made.string("backup_id");
      Files.writeString(notes(), "second");
      Answer whole = server.restore(confirmed(id));
      assertThat(whole.status()).isEqualTo(422);
      assertThat(whole.json()).containsEntry("reason", "BACKUP_UNSUITABLE");
      Answer failed = server.restore(order(id, "\"components\": [\"cache\"], \"confirm\": true"));
      assertThat(failed.status()).isEqualTo(422);
      Answer none = server.restore(order(id, "\"components\": [\"other\"], \"confirm\": true"));
      assertThat(none.status()).isEqualTo(404);
      assertThat(notes()).hasContent("second");
      Answer named = server.restore(order(id, "\"components\": [\"tree\"], \"confirm\": true"));
      assertThat(named.status()).isEqualTo(201);
      assertThat(notes()).hasContent("first");
    }
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: a backup of which one byte is wrong is not restored")
  void damaged() throws Exception {
    try (LiveServer server =
        LiveServer.start(root, LiveServer.configuration("compression: none"))) {
      String id = server.backup().string("backup_id");
      Damage.oneByte(root.resolve("repository/completed"), "first");
      Files.writeString(notes(), "second");
      Answer refused = server.restore(confirmed(id));
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json()).containsEntry("error_code", "VALIDATION_ERROR");
      assertThat(refused.text()).doesNotContain(root.toString());
      Map<String, Object> run = server.get("/admin/restores/" + refused.string("run_id")).json();
      assertThat(run).containsEntry("status", "failed");
      assertThat(run.get("failure")).asString().contains("ARTIFACT_CORRUPT");
      assertThat(notes()).hasContent("second");
    }
  }

  @Test
  @DisplayName("latest is the newest backup that is complete and no safety backup")
  void latest() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      String old = server.backup().string("backup_id");
      Files.writeString(notes(), "second");
      String newer = server.backup().string("backup_id");
      assertThat(server.get("/admin/backups/latest").json()).containsEntry("backup_id", newer);
      assertThat(server.restore(confirmed(old)).status()).isEqualTo(201);
      assertThat(notes()).hasContent("first");
      Answer restored = server.restore(confirmed("latest"));
      assertThat(restored.json()).containsEntry("backup_id", newer);
      assertThat(notes()).hasContent("second");
    }
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: a restore that fails says so, and its target is as it was")
  void failing() throws Exception {
    Path bad = root.resolve("bad.sh");
    Files.writeString(bad, "[ -e '%s' ] && exit 1\nexit 0\n".formatted(root.resolve("fail")));
    String configuration =
        LiveServer.configuration()
            .replace(
                "path: live/tree}",
                "path: live/tree, pause: [sh, '%s'], resume: ['true']}".formatted(bad));
    try (LiveServer server = LiveServer.start(root, configuration)) {
      String id = server.backup().string("backup_id");
      Files.writeString(notes(), "second");
      TreeSnapshot before = tree(root.resolve("live"));
      // The safety backup cannot be made, so nothing may be touched.
      Files.createFile(root.resolve("fail"));
      Answer failed = server.restore(confirmed(id));
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.string("detail")).startsWith("Restore operation failed");
      assertThat(failed.text()).doesNotContain(root.toString());
      assertThat(tree(root.resolve("live"))).isEqualTo(before);
      Map<String, Object> run = server.get("/admin/runs/" + failed.string("run_id")).json();
      assertThat(run).containsEntry("status", "failed").containsKey("failure");
    }
  }

  @Test
  @DisplayName("what keeps a restore from beginning is told as a restore that failed")
  void notBegun() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      String id = server.backup().string("backup_id");
      // A component within the repository's own directory may not be restored over it.
      Files.move(root.resolve("live"), root.resolve("away"));
      Files.createSymbolicLink(root.resolve("live"), root.resolve("repository"));
      Answer failed = server.restore(confirmed(id));
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.string("detail")).startsWith("Restore operation failed");
      assertThat(failed.text()).doesNotContain(root.toString());
    }
  }

  @Test
  @DisplayName("a destination that there cannot be is refused, with the reason")
  void impossibleDestination() throws Exception {
    try (LiveServer server =
        LiveServer.start(
            root,
            LiveServer.configuration().replace("{port: 0}", "{port: 0, restores_per_hour: 100}"))) {
      String id = server.backup().string("backup_id");
      Files.createSymbolicLink(root.resolve("dangling"), Path.of("nothing"));
      for (String place :
          List.of(
              "/proc/self/x",
              notes() + "/below",
              notes() + "/far/below",
              root.resolve("dangling").toString(),
              root.resolve("dangling/below").toString(),
              root.resolve("n".repeat(300)).toString())) {
        Answer refused = server.restore(order(id, "\"destination\": \"%s\"".formatted(place)));
        assertThat(refused.status()).as(place).isEqualTo(422);
        assertThat(refused.json())
            .containsEntry("error_code", "VALIDATION_ERROR")
            .containsEntry("reason", "TARGET_UNSUITABLE");
        assertThat(refused.string("detail")).startsWith("destination: ").contains(place);
      }
      assertThat(notes()).hasContent("first");
    }
  }
}
