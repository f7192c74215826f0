package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Engine;
import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process, a real SIGKILL, at a random moment of a backup or of a restore; then a look at
 * what is left. A few rounds in every run of the tests; hundreds with {@code
 * -Dholdfast.campaign=true}, or as many as {@code -Dholdfast.kill.rounds} says. The moments come
 * from {@code -Dholdfast.seed}, which is printed.
 */
class KillLoopTest {
  private static final int ROUNDS =
      Integer.getInteger("holdfast.kill.rounds", Boolean.getBoolean("holdfast.campaign") ? 300 : 6);
  private static final long SEED = Long.getLong("holdfast.seed", System.nanoTime());

  @TempDir static Path dir;

  private static Platform platform;
  private static Path pristine;
  private static RunId first;
  private static List<String> stateOfFirst;
  private static final Random RANDOM = new Random(SEED);

  @BeforeAll
  static void aPlatformThatTakesAWhile() throws IOException, SQLException {
    System.out.println("kill loop: " + ROUNDS + " rounds of each, -Dholdfast.seed=" + SEED);
    platform = Platform.create(dir.resolve("platform"));
    for (int i = 0; i < 1500; i++) {
      Path file = platform.root().resolve("live/memory/many/" + i % 30 + "/" + i);
      Files.createDirectories(file.getParent());
      Files.writeString(file, ("content of " + i + " ").repeat(i % 400));
    }
    stateOfFirst = platform.state();
    try (Engine engine = platform.open()) {
      BackupOutcome outcome = Platform.backup(engine, Compression.NONE);
      assertThat(outcome.manifest().status()).as("%s", outcome).isEqualTo(RunStatus.COMPLETED);
      first = outcome.manifest().runId();
    }
    pristine = platform.keepAs(dir.resolve("pristine"));
  }

  @Test
  @Tag("P1")
  @Tag("P2")
  @DisplayName(
      "P1 P2: kill -9 at a random moment of a backup: what was published before is whole, what is listed is whole")
  void killedInABackup() throws Exception {
    platform.reset(pristine);
    for (int round = 0; round < ROUNDS; round++) {
      Compression compression = Compression.values()[round % Compression.values().length];
      platform.fill("round" + round);
      List<String> live = platform.state();
      Ending ending = runAndKill("backup", compression.name());
      String what = "round " + round + ", " + compression + ", " + ending;
      assertThat(platform.state()).as(what).isEqualTo(live);
      try (Engine after = platform.open()) {
        after.recover(RunMonitor.silent());
        List<BackupEntry> listed = after.list();
        for (BackupEntry entry : listed) {
          assertThat(after.validate(entry.runId(), RunMonitor.silent())).as(what).isEmpty();
        }
        if (ending.said().contains("completed")) {
          assertThat(after.list().getFirst().runId()).as(what).isGreaterThan(first);
        }
      }
    }
    try (Engine after = platform.open()) {
      assertThat(Platform.backup(after, Compression.ZSTD).manifest().status())
          .isEqualTo(RunStatus.COMPLETED);
      assertThat(after.upkeep().check(true, RunMonitor.silent())).isEmpty();
    }
  }

  @Test
  @Tag("P4")
  @DisplayName(
      "P4: kill -9 at a random moment of a restore: at the next start every target is as it was, or all are restored")
  void killedInARestore() throws Exception {
    platform.reset(pristine);
    RunId kept = first;
    for (int round = 0; round < ROUNDS; round++) {
      platform.fill("broken" + round);
      List<String> before = platform.state();
      Ending ending = runAndKill(platform, "restore", kept.value());
      String what = "round " + round + ", " + ending;
      try (Engine after = platform.open()) {
        after.recover(RunMonitor.silent());
        List<String> state = platform.state();
        if (ending.said().contains("completed")) {
          assertThat(state).as(what).isEqualTo(stateOfFirst);
        } else if (!state.equals(stateOfFirst)) {
          assertThat(state).as(what).isEqualTo(before);
        }
        assertThat(platform.rubbish()).as(what).isEmpty();
        RestoreOutcome again = Platform.restore(after, kept);
        assertThat(again.status()).as(what + " " + again.failure()).isEqualTo(RunStatus.COMPLETED);
        assertThat(platform.state()).as(what).isEqualTo(stateOfFirst);
        // Each restore leaves a safety backup; they are for people, and not for a loop of hundreds.
        for (BackupEntry entry : after.list()) {
          if (!entry.runId().equals(kept)) {
            after.delete(entry.runId());
          }
        }
      }
    }
  }

  private record Ending(long afterMillis, boolean killed, String said) {}

  private static Ending runAndKill(String... arguments) throws Exception {
    return runAndKill(platform, arguments);
  }

  private static Ending runAndKill(Platform target, String... arguments) throws Exception {
    var command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KillTarget.class.getName(),
                target.root().toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("begin");
      // The moment is random by design; waiting ends early if the process does.
      long millis = RANDOM.nextLong(900);
      boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
      // By its handle: that of the process would also close the output, which is still to be read.
      process.toHandle().destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Ending(millis, !ended, String.join(" ", output.lines().toList()));
    }
  }
}
