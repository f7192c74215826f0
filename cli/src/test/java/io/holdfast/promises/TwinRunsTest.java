package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.Engine;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.InstallationReader;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that all begin at the same second, into one vault in which they count alike. */
class TwinRunsTest {
  private static final int MACHINES = 4;
  private static final int ROUNDS = 3;

  @TempDir Path root;

  private Engine open(int machine) throws IOException {
    return open(machine, "");
  }

  /**
   * @param more a line of the section on backups
   */
  private Engine open(int machine, String more) throws IOException {
    Path file = root.resolve("machine" + machine + ".yaml");
    Files.writeString(
        file,
        """
        backup:
          repository: vault
          path: vault
          password_file: secret
          state: state%d
          installation: machine%d
          retention: {max_count: 2}
          %s
        components:
          db: {kind: directory, path: data}
        """
            .formatted(machine, machine, more));
    var files = PosixFileLayer.create();
    Kinds kinds = Kinds.onPath();
    Clock three = Clock.fixed(Instant.parse("2026-11-20T03:00:00Z"), ZoneOffset.UTC);
    return new Engine(
        new Environment(files, three, new SplittableRandom(machine), "host", "test"),
        new InstallationReader(kinds, files, three).read(FilePath.of(file), Optional.empty()),
        kinds);
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: each run has its own id, and each keeps the backups that it counts")
  void atOnce() throws Exception {
    Files.writeString(root.resolve("secret"), "open sesame");
    Files.createDirectory(root.resolve("data"));
    Files.writeString(root.resolve("data/file"), "content");
    var engines = new ArrayList<Engine>();
    for (int i = 0; i < MACHINES; i++) {
      engines.add(open(i));
      engines.getLast().upkeep().create();
    }
    List<RunId> made = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(MACHINES)) {
      for (int round = 0; round < ROUNDS; round++) {
        var start = new CyclicBarrier(MACHINES);
        List<Callable<Manifest>> all = new ArrayList<>();
        engines.forEach(engine ->
            all.add(() -> {
              start.await();
              return engine.backup(BackupRequest.manual(), RunMonitor.silent()).manifest();
            }));
        for (var one : threads.invokeAll(all)) {
          assertThat(one.get().status()).as(one.get().toString()).isEqualTo(RunStatus.COMPLETED);
          made.add(one.get().runId());
        }
      }
    }
    assertThat(made).doesNotHaveDuplicates();
    assertThat(engines.getFirst().list()).hasSize(2 * MACHINES);
    try (var locks = Files.list(root.resolve("vault/locks"))) {
      assertThat(locks).isEmpty();
    }
    for (Engine engine : engines) {
      assertThat(engine.upkeep().check(true, RunMonitor.silent())).isEmpty();
      engine.close();
    }
  }

  @Test
  @DisplayName("a run that cannot begin keeps no lock, however long its process goes on")
  void cannotBegin() throws Exception {
    Files.writeString(root.resolve("secret"), "open sesame");
    Files.createDirectory(root.resolve("data"));
    try (Engine engine = open(1, "signing_key_file: missing.pem")) {
      assertThatThrownBy(() -> engine.backup(BackupRequest.manual(), RunMonitor.silent()))
          .hasMessageContaining("signing key");

      try (var locks = Files.list(root.resolve("vault/locks"))) {
        assertThat(locks).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("nor does one that ends between its name and its beginning, and its process goes on")
  void endsBeforeItBegins() throws Exception {
    Files.writeString(root.resolve("secret"), "open sesame");
    Files.createDirectory(root.resolve("data"));
    var failing =
        new RunMonitor(event -> {
          if (event instanceof RunEvent.RunStarted) {
            throw new AssertionError("out of memory, say");
          }
        });
    try (Engine engine = open(1)) {
      assertThatThrownBy(() -> engine.backup(BackupRequest.manual(), failing))
          .hasMessage("out of memory, say");

      try (var locks = Files.list(root.resolve("vault/locks"))) {
        assertThat(locks).isEmpty();
      }
    }
  }
}
