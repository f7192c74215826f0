package io.holdfast.server.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** restic keeps its repository at a target, as at its own server. */
class TargetResticTest {
  @TempDir Path root;
  private TargetServer server;
  private Path data;

  @BeforeEach
  void start() throws Exception {
    ResticProgram.assumeInstalled();
    server = TargetServer.start(root);
    data = Files.createDirectories(root.resolve("data"));
    var random = new Random(1);
    for (int i = 0; i < 20; i++) {
      byte[] content = new byte[100_000 * (i % 5)];
      random.nextBytes(content);
      Files.write(data.resolve("file-" + i), content);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ResticClient client(String name, String token) throws IOException {
    return ResticClient.of(root.resolve(name), server.target("laptop"), token);
  }

  private static TreeMap<String, byte[]> files(Path directory) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private void assertRestored(ResticClient restic, String to) throws Exception {
    restic.run("restore", "latest", "--target", root.resolve(to).toString());
    var restored = files(root.resolve(to).resolve(data.toString().substring(1)));
    var original = files(data);
    assertThat(restored.keySet()).isEqualTo(original.keySet());
    restored.forEach((name, content) -> assertThat(content).isEqualTo(original.get(name)));
  }

  @Test
  @DisplayName("restic makes, fills, checks and restores a repository with an append-only token")
  void appendOnly() throws Exception {
    ResticClient restic = client("machine", server.token("laptop", false));
    restic.run("init");
    restic.run("backup", data.toString());
    Files.writeString(data.resolve("file-3"), "changed");
    restic.run("backup", data.toString());
    restic.run("check", "--read-data");
    assertRestored(restic, "restored");
    assertThat(restic.run("snapshots", "--json")).contains("\"short_id\"");
    restic.run("key", "list");
    assertThat(restic.run("list", "locks", "--no-lock")).isEmpty();

    // On the server's own disk it is a repository like any other.
    var local = ResticClient.of(root.resolve("admin"), server.directory("laptop").toString());
    local.run("check", "--read-data");
    assertRestored(local, "restored-locally");
  }

  @Test
  @DisplayName(
      "whoever steals an append-only token makes nothing go; prune needs another, or the server")
  void forgetting() throws Exception {
    ResticClient machine = client("machine", server.token("laptop", false));
    machine.run("init");
    for (int i = 0; i < 3; i++) {
      Files.writeString(data.resolve("file-" + i), "changed " + i + "x".repeat(1000));
      machine.run("backup", data.toString());
    }
    var before = files(server.directory("laptop"));
    // It tries again for a minute, so nobody waits for its end.
    Process forgetting = machine.start("forget", "--keep-last", "1", "--prune");
    try {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() ->
              !server
                  .metrics()
                  .get("holdfast_target_refusals_total{target=\"laptop\"}")
                  .equals("0.0"));
    } finally {
      forgetting.destroyForcibly().waitFor();
    }
    var after = files(server.directory("laptop"));
    after.keySet().removeIf(name -> name.startsWith("locks/"));
    before.keySet().removeIf(name -> name.startsWith("locks/"));
    assertThat(after.keySet()).isEqualTo(before.keySet());

    ResticClient keeper = client("keeper", server.token("laptop", true));
    keeper.run("unlock", "--remove-all");
    keeper.run("forget", "--keep-last", "1", "--prune");
    keeper.run("check", "--read-data");
    assertThat(files(server.directory("laptop").resolve("snapshots"))).hasSize(1);
    assertRestored(machine, "restored");
    assertThat(server.api("GET", "/api/v1/admin/audit", "").body())
        .contains("target.create", "laptop/snapshots/", "target.delete", "refused: role");
  }

  @Test
  @DisplayName(
      "a repository that was kept on the server's disk is used over HTTP, and pruned there")
  void keptBefore() throws Exception {
    var local = ResticClient.of(root.resolve("admin"), server.directory("laptop").toString());
    local.run("init");
    local.run("backup", data.toString());
    ResticClient machine = client("machine", server.token("laptop", false));
    assertRestored(machine, "restored");
    Files.writeString(data.resolve("file-7"), "changed");
    machine.run("backup", data.toString());
    local.run("forget", "--keep-last", "1", "--prune");
    machine.run("check", "--read-data");
    assertRestored(machine, "restored-again");
  }
}
