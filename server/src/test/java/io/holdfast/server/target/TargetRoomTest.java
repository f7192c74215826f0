package io.holdfast.server.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.event.EventName;
import io.holdfast.testkit.file.Mount;
import io.holdfast.vault.ContentId;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no room: what was not stored leaves nothing, and is not told to be there. */
class TargetRoomTest {
  @TempDir Path root;

  private static byte[] bytes(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static int post(TargetServer server, String token, byte[] content, boolean chunked)
      throws Exception {
    BodyPublisher body =
        chunked
            ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))
            : BodyPublishers.ofByteArray(content);
    return server.status(
        server.request("laptop", "data/" + ContentId.of(content), token).POST(body));
  }

  private static long packs(TargetServer server) throws Exception {
    try (Stream<Path> all = Files.walk(server.directory("laptop").resolve("data"))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private static long told(TargetServer server) {
    return server.events().stream().filter(e -> e.name() == EventName.TARGET_FULL).count();
  }

  @Test
  @Tag("P8")
  @DisplayName(
      "P8: beyond the quota nothing is stored, and it is told once; what is deleted makes room")
  void quota() throws Exception {
    try (TargetServer server = TargetServer.start(root, ", quota: 1MiB")) {
      String token = server.token("laptop", true);
      server.send(server.request("laptop", "?create=true", token).POST(BodyPublishers.noBody()));
      byte[] first = bytes(1, 700_000);
      assertThat(post(server, token, first, false)).isEqualTo(200);
      for (int i = 2; i < 5; i++) {
        assertThat(post(server, token, bytes(i, 700_000), i % 2 == 0)).isEqualTo(507);
      }
      assertThat(packs(server)).isEqualTo(1);
      assertThat(told(server)).isEqualTo(1);
      assertThat(server.metrics())
          .containsEntry("holdfast_target_used_bytes{target=\"laptop\"}", "700000.0")
          .containsEntry("holdfast_target_refusals_total{target=\"laptop\"}", "3.0")
          .containsEntry("holdfast_target_stored_files_total{target=\"laptop\"}", "1.0")
          .containsEntry("holdfast_target_received_bytes_total{target=\"laptop\"}", "700000.0");
      assertThat(
              server.status(
                  server.request("laptop", "data/" + ContentId.of(first), token).DELETE()))
          .isEqualTo(200);
      assertThat(post(server, token, bytes(9, 1 << 20), true)).isEqualTo(200);
      assertThat(post(server, token, bytes(10, 1), true)).isEqualTo(507);
      assertThat(told(server)).isEqualTo(2);
    }
  }

  @Test
  @Tag("P8")
  @DisplayName(
      "P8: a full disk is told as such, nothing of the upload stays, and a smaller one goes")
  void fullDisk() throws Exception {
    Files.createDirectories(root);
    var files = PosixFileLayer.create();
    try (Mount mount = Mount.tmpfs(files, FilePath.of(root.resolve("targets")), "size=3m");
        TargetServer server = TargetServer.start(root)) {
      String token = server.token("laptop", false);
      server.send(server.request("laptop", "?create=true", token).POST(BodyPublishers.noBody()));
      for (int i = 0; i < 3; i++) {
        assertThat(post(server, token, bytes(i, 4 << 20), i % 2 == 0)).isEqualTo(507);
        assertThat(packs(server)).isZero();
      }
      assertThat(post(server, token, bytes(7, 1 << 20), false)).isEqualTo(200);
      assertThat(told(server)).isEqualTo(1);
      assertThat(
              server.status(
                  server.request("laptop", "data/" + ContentId.of(bytes(7, 1 << 20)), token).GET()))
          .isEqualTo(200);
    }
  }
}
