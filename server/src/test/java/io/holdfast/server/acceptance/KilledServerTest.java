package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are killed at any moment, and what the next one makes of it. */
class KilledServerTest {
  private static final int ROUNDS = Boolean.getBoolean("holdfast.campaign") ? 60 : 6;
  private static final String CONFIGURATION =
      LiveServer.configuration("enabled: false", "retention: {max_count: 0}")
          .replace("port: 0", "port: 0, restores_per_hour: 1000");

  @TempDir Path root;

  private final Random random = new Random();
  private final long seed = random.nextLong();

  private void platform(int files) throws IOException {
    random.setSeed(seed);
    LiveServer.platform(root);
    for (int i = 0; i < files; i++) {
      Files.writeString(root.resolve("live/tree/file" + i), "content " + i);
    }
  }

  /** Kills after some of the lines that a run brings about, and a random moment more. */
  private void kill(ServerProcess server, CompletableFuture<?> run, int mostLines)
      throws Exception {
    for (int lines = random.nextInt(mostLines + 1); lines > 0 && !run.isDone(); ) {
      if (server.hasOutput()) {
        server.line();
        lines--;
      } else {
        Thread.onSpinWait();
      }
    }
    long until = System.nanoTime() + random.nextLong(20_000_000);
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    server.kill();
  }

  @Test
  @Tag("P10")
  @DisplayName(
      "P10: killed at any moment of a backup with a key, the same key leads to exactly one backup")
  void backups() throws Exception {
    platform(100);
    ServerProcess server = ServerProcess.start(root, CONFIGURATION);
    try {
      for (int round = 1; round <= ROUNDS; round++) {
        String key = "round-" + round;
        String told = "round %d of seed %d".formatted(round, seed);
        CompletableFuture<String> first;
        try (ApiClient client = server.client()) {
          first =
              client
                  .sendAsync(
                      client.posting("/admin/backups", "").header("Idempotency-Key", key).build())
                  .handle((answer, gone) -> gone == null ? answer.text() : "");
          kill(server, first, 6);
          first.join();
        }
        server.close();
        server = ServerProcess.start(root, CONFIGURATION);
        try (ApiClient client = server.client()) {
          Answer answer = client.post("/admin/backups", "", key);
          assertThat(answer.status()).as(told).isEqualTo(201);
          assertThat(answer.text())
              .as(told)
              .isIn(first.join().isEmpty() ? answer.text() : first.join());
          Answer again = client.post("/admin/backups", "", key);
          assertThat(again.header("Idempotency-Replayed")).as(told).isEqualTo("true");
          assertThat(again.text()).as(told).isEqualTo(answer.text());
          List<Map<String, Object>> backups = client.get("/admin/backups?limit=200").data();
          assertThat(backups).as(told).hasSize(round);
          assertThat(backups.getFirst())
              .as(told)
              .containsEntry("backup_id", answer.string("backup_id"))
              .containsEntry("status", "completed");
          assertThat(client.get("/admin/runs").data())
              .as(told)
              .noneSatisfy(run -> assertThat(run).containsEntry("status", "running"));
        }
        assertNothingUnderWay(told);
      }
      try (ApiClient client = server.client()) {
        assertThat(client.post("/admin/repository/check", "{\"read_data\": true}").json())
            .as("seed %d", seed)
            .containsEntry("ok", true);
      }
    } finally {
      server.close();
    }
  }

  private void assertNothingUnderWay(String told) throws IOException {
    try (Stream<Path> running = Files.list(root.resolve("repository/.running"))) {
      assertThat(running).as(told).isEmpty();
    }
  }

  @Test
  @Tag("P4")
  @Tag("P10")
  @DisplayName(
      "P4, P10: killed at any moment of a restore, all of it is done or none, and the run says which")
  void restores() throws Exception {
    platform(300);
    ServerProcess server = ServerProcess.start(root, CONFIGURATION);
    try {
      TreeSnapshot old = tree();
      String id;
      try (ApiClient client = server.client()) {
        id = client.backup().string("backup_id");
      }
      for (int round = 1; round <= ROUNDS; round++) {
        String told = "round %d of seed %d".formatted(round, seed);
        Files.writeString(root.resolve("live/tree/notes"), "round " + round);
        TreeSnapshot before = tree();
        String order = "{\"backup_id\": \"%s\", \"confirm\": true}".formatted(id);
        String key = "round-" + round;
        try (ApiClient client = server.client()) {
          CompletableFuture<Object> asked =
              client
                  .sendAsync(
                      client
                          .posting("/admin/backups/restore", order)
                          .header("Idempotency-Key", key)
                          .build())
                  .handle((answer, gone) -> told);
          kill(server, asked, 5);
          asked.join();
        }
        server.close();
        server = ServerProcess.start(root, CONFIGURATION);
        TreeSnapshot after = tree();
        boolean done = after.equals(old);
        assertThat(after).as(told).isIn(before, old);
        assertNothingBeside(told);
        try (ApiClient client = server.client()) {
          assertLastRestoreSays(client, done, told);
          Answer again = client.post("/admin/backups/restore", order, key);
          assertThat(again.status()).as(told).isEqualTo(201);
          assertThat(again.header("Idempotency-Replayed")).as(told).isEqualTo(done ? "true" : "");
          assertThat(tree()).as(told).isEqualTo(old);
        }
      }
    } finally {
      server.close();
    }
  }

  private void assertLastRestoreSays(ApiClient client, boolean done, String told) throws Exception {
    List<Map<String, Object>> restores = client.get("/admin/restores?limit=1").data();
    if (!restores.isEmpty()) {
      Object status = restores.getFirst().get("status");
      // One that was killed before it had its name is not there; the one before was completed.
      assertThat(status)
          .as(told)
          .isIn(done ? List.of("completed") : List.of("failed", "completed"));
    } else {
      assertThat(done).as(told).isFalse();
    }
  }

  private TreeSnapshot tree() throws IOException {
    return TreeSnapshot.of(PosixFileLayer.create(), FilePath.of(root.resolve("live/tree")));
  }

  private void assertNothingBeside(String told) throws IOException {
    try (Stream<Path> beside = Files.list(root.resolve("live"))) {
      assertThat(beside).as(told).containsExactly(root.resolve("live/tree"));
    }
  }
}
