package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.acceptance.EventStream.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that are looked into, one or all. */
class ValidationAcceptanceTest {
  @TempDir Path root;
  private LiveServer server;
  private String id;
  private String run;

  @BeforeEach
  void start() throws Exception {
    LiveServer.platform(root);
    server = LiveServer.start(root, LiveServer.configuration("compression: none"));
    Answer made = server.backup();
    id = made.string("backup_id");
    run = made.string("run_id");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path completed() {
    return root.resolve("repository/completed");
  }

  private Path manifest() throws Exception {
    try (Stream<Path> all = Files.list(completed())) {
      return all.findFirst().orElseThrow().resolve("manifest.json");
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> problems(Answer answer) {
    return (List<Map<String, Object>>) answer.json().get("problems");
  }

  @Test
  @DisplayName("a backup that is as it was made has no problems")
  void sound() throws Exception {
    Answer validated = server.post("/admin/backups/" + id + "/validate", "");
    assertThat(validated.status()).isEqualTo(200);
    assertThat(validated.json()).containsEntry("ok", true).containsEntry("run_id", run);
    assertThat(problems(validated)).isEmpty();
    for (String body : List.of("", "{}", "{\"read_data\": false}", "{\"read_data\": true}")) {
      Answer checked = server.post("/admin/repository/check", body);
      assertThat(checked.json())
          .containsEntry("ok", true)
          .containsEntry("read_data", body.contains("true"))
          .containsEntry("backups", 1L);
    }
  }

  @Test
  @Tag("P5")
  @DisplayName(
      "P5: one altered byte is found by the validation and by the check, and told by its place")
  void damagedArtifact() throws Exception {
    Damage.oneByte(completed(), "first");
    Answer validated = server.post("/admin/backups/" + id + "/validate", "");
    assertThat(validated.status()).isEqualTo(200);
    assertThat(validated.json()).containsEntry("ok", false);
    assertThat(problems(validated))
        .first()
        .satisfies(problem ->
            assertThat(problem)
                .containsEntry("code", "ARTIFACT_CORRUPT")
                .containsEntry("run_id", run));
    Answer checked = server.post("/admin/repository/check", "{\"read_data\": true}");
    assertThat(checked.json()).containsEntry("ok", false);
    assertThat(problems(checked)).isEqualTo(problems(validated));
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: a damaged manifest, and a file that is gone, are found")
  void damagedManifest() throws Exception {
    Files.writeString(manifest(), "{}");
    for (String name : List.of(id, run)) {
      Answer validated = server.post("/admin/backups/" + name + "/validate", "");
      assertThat(validated.json()).containsEntry("ok", false);
      assertThat(problems(validated))
          .singleElement()
          .satisfies(p -> assertThat(p).containsEntry("code", "MANIFEST_CORRUPT"));
    }
    assertThat(server.post("/admin/repository/check", "").json()).containsEntry("ok", false);
    Files.delete(manifest());
    assertThat(server.post("/admin/repository/check", "").json()).containsEntry("ok", false);
    assertThat(server.get("/admin/backups").data())
        .singleElement()
        .satisfies(backup -> assertThat(backup).containsEntry("status", "corrupt"));
  }

  @Test
  @DisplayName("as a stream: progress, and the result last")
  void stream() throws Exception {
    for (String path : List.of("/admin/backups/" + id + "/validate", "/admin/repository/check")) {
      try (EventStream stream = server.stream(server.posting(path, ""))) {
        List<Event> events = stream.rest();
        assertThat(events.getLast().name()).isEqualTo("result");
        assertThat(events.getLast().json()).containsEntry("ok", true);
        assertThat(events.subList(0, events.size() - 1))
            .allSatisfy(event -> assertThat(event.name()).isEqualTo("progress"));
      }
    }
  }

  @Test
  @DisplayName("a backup that there is not cannot be validated")
  void unknown() throws Exception {
    Answer answer = server.post("/admin/backups/000000000000/validate", "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(server.post("/admin/backups/20200101-000000-000099/validate", "").status())
        .isEqualTo(404);
  }
}
