package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault that several installations share, and that was damaged, as REST tells of it. */
class SharedRepositoryTest {
  @TempDir Path root;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
    Files.writeString(root.resolve("secret"), "open sesame\n");
  }

  private LiveServer start(String name) throws IOException {
    return LiveServer.start(
        root,
        LiveServer.configuration(
            "repository: vault",
            "password_file: secret",
            "state: state-" + name,
            "installation: " + name),
        root.resolve("state-" + name),
        builder -> builder);
  }

  private List<Path> snapshots() throws IOException {
    try (var all = Files.list(root.resolve("repository/snapshots"))) {
      return all.toList();
    }
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: a backup whose snapshot is damaged stands on the first page, as corrupt")
  void damaged() throws Exception {
    try (LiveServer server = start("ada")) {
      for (int i = 0; i < 2; i++) {
        assertThat(server.backup().status()).isEqualTo(201);
      }
      List<Path> before = snapshots();
      assertThat(server.backup().status()).isEqualTo(201);
      assertThat(server.get("/admin/backups").data()).hasSize(3);
      Path newest = snapshots().stream().filter(f -> !before.contains(f)).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(newest);
      bytes[20] ^= 1;
      assertThat(newest.toFile().setWritable(true)).isTrue();
      Files.write(newest, bytes);
    }
    try (LiveServer server = start("ada")) {
      var first = server.get("/admin/backups?limit=1");
      assertThat(first.data()).hasSize(2);
      assertThat(first.data().getFirst())
          .containsEntry("status", "corrupt")
          .containsKey("snapshot_id")
          .doesNotContainKey("run_id");
      Map<?, ?> pagination = (Map<?, ?>) first.json().get("pagination");
      assertThat(
              server.get("/admin/backups?limit=1&cursor=" + pagination.get("next_cursor")).data())
          .singleElement()
          .satisfies(backup -> assertThat(backup).containsEntry("status", "completed"));
      assertThat(server.get("/admin/backups/latest").status()).isEqualTo(500);
    }
  }

  @Test
  @DisplayName("each server tells all backups, and goes by its own")
  void shared() throws Exception {
    String adas;
    try (LiveServer ada = start("ada")) {
      adas = String.valueOf(ada.backup().json().get("run_id"));
    }
    try (LiveServer bob = start("bob")) {
      assertThat(bob.get("/admin/status").json()).containsEntry("installation", "bob");
      assertThat(bob.get("/admin/backups").data())
          .singleElement()
          .satisfies(backup -> assertThat(backup).containsEntry("installation", "ada"));
      assertThat(bob.get("/admin/backups/latest").status()).isEqualTo(404);
      assertThat(bob.get("/admin/backups/" + adas).json()).containsEntry("installation", "ada");
      String own = String.valueOf(bob.backup().json().get("run_id"));
      assertThat(bob.get("/admin/backups/latest").json()).containsEntry("run_id", own);
    }
  }
}
