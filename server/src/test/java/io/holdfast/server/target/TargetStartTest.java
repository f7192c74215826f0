package io.holdfast.server.target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.server.event.EventName;
import io.holdfast.vault.ContentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target finds at its server's start, and leaves at its end. */
class TargetStartTest {
  @TempDir Path root;

  private List<String> temporaries(String target) {
    try (Stream<Path> all = Files.walk(root.resolve("targets").resolve(target))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(".holdfast-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int create(TargetServer server, String target, String token) throws Exception {
    return server.status(
        server.request(target, "?create=true", token).POST(BodyPublishers.noBody()));
  }

  @Test
  @DisplayName("a directory that is missing is told, and used as soon as it is there")
  void missing() throws Exception {
    try (TargetServer server = TargetServer.start(root)) {
      assertThat(create(server, "laptop", server.token("laptop", false))).isEqualTo(200);
    }
    Files.move(root.resolve("targets"), root.resolve("away"));
    try (TargetServer server = TargetServer.startWithoutDirectory(root)) {
      await()
          .until(() ->
              server.events().stream().anyMatch(e -> e.name() == EventName.TARGET_UNAVAILABLE));
      String token = server.token("other", false);
      assertThat(create(server, "other", token)).isEqualTo(503);
      assertThat(root.resolve("targets")).doesNotExist();
      Files.move(root.resolve("away"), root.resolve("targets"));
      assertThat(create(server, "other", token)).isEqualTo(200);
      assertThat(server.directory("laptop").resolve("data")).isDirectory();
    }
  }

  @Test
  @DisplayName("a server that ends in the middle of an upload leaves nothing of it")
  void ending() throws Exception {
    byte[] content = new byte[100_000];
    Socket stalled;
    try (TargetServer server = TargetServer.start(root)) {
      String token = server.token("laptop", false);
      create(server, "laptop", token);
      stalled = new Socket("127.0.0.1", server.address().getPort());
      stalled
          .getOutputStream()
          .write(
              "POST /targets/laptop/data/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: 100000\r\n\r\nx"
                  .formatted(ContentId.of(content), token)
                  .getBytes(UTF_8));
      await().until(() -> temporaries("laptop").stream().anyMatch(n -> n.contains("-new-")));
    }
    await().until(() -> temporaries("laptop").isEmpty());
    stalled.close();
  }

  @Test
  @DisplayName("what is no target is left alone")
  void foreign() throws Exception {
    Files.createDirectories(root.resolve("targets/.snapshots/x"));
    Files.createDirectories(root.resolve("targets/lost+found"));
    Files.writeString(root.resolve("targets/README"), "mine");
    try (TargetServer server = TargetServer.start(root)) {
      String token = server.token("README", true);
      assertThat(create(server, "README", token)).isEqualTo(500);
      assertThat(server.status(server.request("README", "config", token).GET())).isIn(404, 500);
      assertThat(server.metrics()).isNotEmpty();
    }
    assertThat(root.resolve("targets/README")).hasContent("mine");
    assertThat(root.resolve("targets/.snapshots/x")).isEmptyDirectory();
  }
}
