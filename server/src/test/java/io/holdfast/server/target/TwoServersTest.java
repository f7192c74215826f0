package io.holdfast.server.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.Holdfast;
import io.holdfast.vault.restic.ResticProgram;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Holdfast that keeps its backups at another one. */
class TwoServersTest {
  @TempDir Path root;

  private HttpResponse<String> post(Holdfast holdfast, Path home, String path, String body)
      throws Exception {
    URI address = holdfast.address().orElseThrow().resolve("/api/v1/admin/" + path);
    String token = Files.readString(home.resolve("state/admin-token")).strip();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(address)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", UUID.randomUUID().toString())
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private static Path find(Path directory, String name) throws Exception {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
    }
  }

  @Test
  @Tag("P11")
  @DisplayName(
      "P11: one protects a tree at another, with a token that cannot delete; either, and restic, restore it")
  void protects() throws Exception {
    ResticProgram.assumeInstalled();
    Path home = Files.createDirectories(root.resolve("home"));
    Path live = Files.createDirectories(home.resolve("live"));
    byte[] large = new byte[30 << 20];
    new Random(1).nextBytes(large);
    Files.write(live.resolve("large"), large);
    Files.writeString(live.resolve("notes"), "first");
    try (TargetServer target = TargetServer.start(root.resolve("target"))) {
      String token = target.token("platform", false);
      Path configuration =
          Files.writeString(
              home.resolve("holdfast.yaml"),
              """
              backup:
                repository: vault-at-target
                url: %s
                token: %s
                state: state
                on_startup: false
                on_shutdown: false
              server: {port: 0}
              components:
                tree: {kind: directory, path: live}
              """
                  .formatted(target.target("platform"), token));
      try (Holdfast holdfast =
          Holdfast.builder().configuration(configuration).identity("test", "test").http().start()) {
        HttpResponse<String> made = post(holdfast, home, "backups", "");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        Files.writeString(live.resolve("notes"), "second");
        assertThat(post(holdfast, home, "backups", "").statusCode()).isEqualTo(201);

        Files.delete(live.resolve("large"));
        Files.writeString(live.resolve("notes"), "lost");
        String id = made.body().replaceAll("(?s).*\"run_id\":\"([0-9-]+)\".*", "$1");
        HttpResponse<String> restored =
            post(
                holdfast,
                home,
                "backups/restore",
                "{\"backup_id\": \"%s\", \"confirm\": true}".formatted(id));
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(201);
        assertThat(live.resolve("large")).hasBinaryContent(large);
        assertThat(live.resolve("notes")).hasContent("first");
      }
      ResticClient restic =
          ResticClient.of(root.resolve("restic"), target.target("platform"), token);
      restic.run("check", "--read-data");
      Path out = root.resolve("out");
      restic.run("restore", "latest", "--tag", "trigger:manual", "--target", out.toString());
      assertThat(find(out, "notes")).hasContent("second");
      assertThat(find(out, "large")).hasBinaryContent(large);
    }
  }
}
