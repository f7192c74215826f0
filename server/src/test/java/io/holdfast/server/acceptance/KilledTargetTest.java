package io.holdfast.server.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend.Listed;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.rest.RestBackend;
import io.holdfast.vault.backend.rest.RestCredentials;
import io.holdfast.vault.backend.rest.RestSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup target that is killed while others upload. */
@Timeout(300)
class KilledTargetTest {
  private static final int ROUNDS = Boolean.getBoolean("holdfast.campaign") ? 20 : 3;
  private static final String CONFIGURATION =
      LiveServer.configuration().replace("port: 0", "port: 0, target: {path: targets}");

  @TempDir Path root;

  private static byte[] bytes(long seed) {
    var random = new Random(seed);
    byte[] bytes = new byte[random.nextInt(400_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Uploads until the server is gone. */
  private static void upload(RestBackend backend, long seed, Set<ContentId> stored) {
    try {
      for (long i = seed; ; i++) {
        byte[] content = bytes(i);
        ContentId id = ContentId.of(content);
        backend.write(FileId.of(FileType.PACK, id), ByteBuffer.wrap(content));
        stored.add(id);
      }
    } catch (IOException gone) {
      // By the kill.
    }
  }

  private List<Path> leftovers() {
    try (Stream<Path> all = Files.walk(root.resolve("targets"))) {
      return all.filter(path -> path.getFileName().toString().startsWith(".holdfast-new")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RestBackend backend(URI server, String token) {
    return new RestBackend(
        RestSettings.of(
            server.resolve("/targets/laptop/"), new RestCredentials.Bearer(() -> token)));
  }

  @Test
  @Tag("P1")
  @DisplayName(
      "P1: every upload that was acknowledged is there, whole; of the others nothing is left")
  void kill() throws Exception {
    LiveServer.platform(root);
    Files.createDirectories(root.resolve("targets"));
    Set<ContentId> stored = ConcurrentHashMap.newKeySet();
    String token = "";
    for (int round = 0; round < ROUNDS; round++) {
      try (ServerProcess server = ServerProcess.start(root, CONFIGURATION);
          ApiClient client = server.client()) {
        if (token.isEmpty()) {
          token =
              client
                  .post(
                      "/admin/tokens",
                      "{\"name\": \"t\", \"role\": \"target\", \"target\": \"laptop\"}")
                  .string("token");
        }
        URI address = client.uri("/");
        try (RestBackend backend = backend(address, token);
            var pool = Executors.newVirtualThreadPerTaskExecutor();
            var stalled = new Socket("127.0.0.1", address.getPort())) {
          backend.create();
          // What the last server left behind goes when this one begins.
          await().until(() -> leftovers().isEmpty());
          for (Listed file : backend.list(FileType.PACK)) {
            assertThat(ContentId.of(backend.readAll(FileId.of(FileType.PACK, file.id()))))
                .isEqualTo(file.id());
          }
          assertThat(backend.list(FileType.PACK)).extracting(Listed::id).containsAll(stored);
          stalled
              .getOutputStream()
              .write(
                  "POST /targets/laptop/data/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: 9\r\n\r\nx"
                      .formatted(ContentId.of(new byte[9]), token)
                      .getBytes(UTF_8));
          int before = stored.size();
          for (int thread = 0; thread < 4; thread++) {
            long seed = 1_000_000L * round + 100_000L * thread;
            pool.execute(() -> upload(backend, seed, stored));
          }
          await().until(() -> stored.size() >= before + 8 && !leftovers().isEmpty());
          server.kill();
          pool.shutdown();
          assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
      }
      assertThat(leftovers()).isNotEmpty();
    }
  }
}
