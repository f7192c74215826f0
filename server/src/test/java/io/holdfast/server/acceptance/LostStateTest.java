package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.testkit.file.Mount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A state database that is lost between two starts, or cannot be written to. */
class LostStateTest {
  @TempDir Path root;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
  }

  /** What may become of the file. */
  enum Loss {
    DELETED,
    EMPTIED,
    TRUNCATED,
    OVERWRITTEN,
    DAMAGED_WITHIN
  }

  private void lose(Loss loss) throws IOException {
    Path state = root.resolve("repository/.state");
    Path file = state.resolve("server.db");
    byte[] bytes = Files.readAllBytes(file);
    switch (loss) {
      case DELETED -> {
        try (Stream<Path> all = Files.list(state)) {
          for (Path each :
              all.filter(p -> p.getFileName().toString().startsWith("server.db")).toList()) {
            Files.delete(each);
          }
        }
      }
      case EMPTIED -> Files.write(file, new byte[0]);
      case TRUNCATED -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2 - 7));
      case OVERWRITTEN -> Files.writeString(file, "no database at all, but a text\n".repeat(1000));
      case DAMAGED_WITHIN -> {
        Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("P11")
  @DisplayName(
      "P11: without its state database a server finds all backups again, and restores them")
  void lost(Loss loss) throws Exception {
    String id;
    String run;
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      Answer made = server.backup();
      id = made.string("backup_id");
      run = made.string("run_id");
    }
    lose(loss);
    Files.writeString(root.resolve("live/tree/notes"), "second");
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      assertThat(server.get("/admin/backups").data())
          .singleElement()
          .satisfies(backup ->
              assertThat(backup).containsEntry("backup_id", id).containsEntry("run_id", run));
      assertThat(server.post("/admin/backups/" + id + "/validate", "").json())
          .containsEntry("ok", true);
      Answer restored = server.restore("{\"backup_id\": \"%s\", \"confirm\": true}".formatted(id));
      assertThat(restored.status()).isEqualTo(201);
      assertThat(root.resolve("live/tree/notes")).hasContent("first");
      // Numbers of runs are never used twice, whoever remembers them.
      assertThat(server.backup().string("run_id").substring(16)).isGreaterThan(run.substring(16));
      if (loss != Loss.DELETED && loss != Loss.EMPTIED) {
        assertStateFailed(server);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("P3")
  @DisplayName("P3: without its state database a server keeps what it was told to keep")
  void retentionIsKept(Loss loss) throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      server.put("/settings/backup/retention.max_count", "{\"value\": 100}");
      for (int made = 0; made < 12; made++) {
        assertThat(server.backup().status()).isEqualTo(201);
      }
    }
    lose(loss);
    String starting = LiveServer.configuration().replace("on_startup: false", "on_startup: true");
    try (LiveServer server = LiveServer.start(root, starting)) {
      assertThat(server.get("/admin/backups").data()).hasSize(13);
      assertThat(server.get("/settings/backup/retention.max_count").json())
          .containsEntry("value", "100")
          .containsEntry("source", "stored")
          .containsEntry("changed_by", "admin");
      assertThat(server.events())
          .anySatisfy(event -> assertThat(event.name()).isEqualTo(EventName.SETTINGS_RECOVERED));
    }
  }

  @Test
  @Tag("P12")
  @DisplayName("P12: with a full disk under the state database backups go on, and that is told")
  void full() throws Exception {
    Path place = root.resolve("small");
    try (var mounted = Mount.tmpfs(PosixFileLayer.create(), FilePath.of(place), "size=2m")) {
      LiveServer.start(root, LiveServer.configuration()).close();
      Path file = root.resolve("repository/.state/server.db");
      Files.move(file, place.resolve("server.db"));
      Files.createSymbolicLink(file, place.resolve("server.db"));
      try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
        assertThat(server.backup().status()).isEqualTo(201);
        Path filler = fill(place);
        Answer refused = server.backup();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json()).containsEntry("error_code", "SERVICE_UNAVAILABLE");
        assertThat(server.get("/admin/backups").data()).hasSize(1);
        assertThat(server.holdfast().backup().status().isPublished()).isTrue();
        assertThat(server.get("/admin/backups").data()).hasSize(2);
        assertStateFailed(server);
        assertThat(server.get("/admin/status").status()).isEqualTo(200);
        Files.delete(filler);
        assertThat(server.backup().status()).isEqualTo(201);
        // The run that could not be remembered then was remembered with the next.
        assertThat(server.get("/admin/runs").data())
            .hasSize(3)
            .allSatisfy(run -> assertThat(run).containsEntry("status", "completed"));
      }
    }
  }

  @Test
  @Tag("P12")
  @DisplayName("P12: with a full disk under all its state a server refuses, stays up, and recovers")
  void fullState() throws Exception {
    Path place = root.resolve("state");
    try (var mounted = Mount.tmpfs(PosixFileLayer.create(), FilePath.of(place), "size=2m")) {
      String configuration = LiveServer.configuration("state: " + place);
      try (LiveServer server = LiveServer.start(root, configuration, place, b -> b)) {
        String id = server.backup().string("backup_id");
        Path filler = fill(place);
        assertThat(server.put("/settings/backup/retention.max_count", "{\"value\": 100}").status())
            .isEqualTo(503);
        assertThat(server.get("/settings/backup/retention.max_count").json())
            .containsEntry("source", "default");
        assertThat(server.backup().status()).isEqualTo(503);
        assertThatThrownBy(() -> server.holdfast().backup()).isInstanceOf(HoldfastException.class);
        assertThat(server.events())
            .anySatisfy(event -> {
              assertThat(event.severity()).isEqualTo(ServerEvent.Severity.ERROR);
              assertThat(event.cause()).hasMessageContaining("no room is left");
            });
        assertThat(server.get("/admin/backups/" + id).status()).isEqualTo(200);
        assertThat(server.post("/admin/backups/" + id + "/validate", "").status()).isIn(200, 500);
        assertThat(server.get("/admin/backups").data()).hasSize(1);
        Files.delete(filler);
        assertThat(server.backup().status()).isEqualTo(201);
      }
    }
  }

  private static void assertStateFailed(LiveServer server) {
    assertThat(server.events())
        .anySatisfy(event -> assertThat(event.name()).isEqualTo(EventName.STATE_FAILED));
  }

  /** Takes the last byte of a disk. */
  private static Path fill(Path disk) throws IOException {
    Path filler = disk.resolve("filler");
    try (var channel =
        Files.newByteChannel(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int step = 1 << 16; step > 0; step /= 16) {
        fill(channel, step);
      }
    }
    return filler;
  }

  private static void fill(WritableByteChannel channel, int step) {
    try {
      while (true) {
        channel.write(ByteBuffer.allocate(step));
      }
    } catch (IOException full) {
      // As wanted.
    }
  }
}
