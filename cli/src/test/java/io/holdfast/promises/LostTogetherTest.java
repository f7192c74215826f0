package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Engine;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import io.holdfast.testkit.fault.SimulatedCrash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Components that have missing parents in common, or lie inside each other, and are all lost. */
class LostTogetherTest {
  private static final String NESTED =
      """
        inner-db: {kind: sqlite, path: live/app.db}
        inner-file: {kind: file, paths: [live/memory/notes.txt]}
        inner-tree: {kind: directory, path: live/config}
        outer: {kind: directory, path: live, exclude: [/app.db*, /config/, /memory/notes.txt]}
      """;

  @TempDir Path dir;

  static Stream<String> components() {
    return Stream.of(
        "",
        """
          one: {kind: sqlite, path: live/app.db}
          two: {kind: sqlite, path: live/second.db}
        """,
        """
          one: {kind: file, paths: [live/config/a.yaml]}
          two: {kind: file, paths: [live/config/b.yaml]}
          tree: {kind: directory, path: live/memory}
        """,
        NESTED);
  }

  @ParameterizedTest
  @MethodSource("components")
  @Tag("P4")
  @DisplayName("P4: what was lost with all its parents comes back, every component of it")
  void comesBack(String components) throws Exception {
    Platform platform = Platform.create(dir.resolve("platform"));
    if (components.contains("second.db")) {
      Files.copy(platform.root().resolve("live/app.db"), platform.root().resolve("live/second.db"));
    }
    Path live = platform.root().resolve("live");
    Files.setPosixFilePermissions(live, PosixFilePermissions.fromString("rwxr-x--x"));
    String configuration = configuration(platform, components);
    RunId backup;
    try (Engine engine = platform.open(PosixFileLayer.create(), configuration)) {
      backup = Platform.backup(engine, Compression.NONE).manifest().runId();
    }
    List<String> before = platform.state();
    for (boolean dryRun : new boolean[] {true, false}) {
      FileTrees.deleteTree(PosixFileLayer.create(), FilePath.of(live));
      try (Engine engine = platform.open(PosixFileLayer.create(), configuration)) {
        RestoreOutcome outcome =
            engine.restore(
                new RestoreRequest(backup, List.of(), Optional.empty(), dryRun),
                RunMonitor.silent());
        assertThat(outcome.status()).as("%s", outcome.failure()).isEqualTo(RunStatus.COMPLETED);
      }
      if (dryRun) {
        assertThat(Files.exists(live)).as("after a dry run").isFalse();
      }
    }
    assertThat(platform.rubbish()).isEmpty();
    if (components.isEmpty() || components.equals(NESTED)) {
      assertThat(platform.state()).isEqualTo(before);
    }
    if (components.contains("sqlite")) {
      assertThat(Files.exists(live.resolve("app.db"))).isTrue();
    }
    if (components.contains("second.db")) {
      assertThat(Files.exists(live.resolve("second.db"))).isTrue();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(live)))
          .as("the directory of a database is as it was")
          .isEqualTo("rwxr-x--x");
    }
    if (components.contains("b.yaml")) {
      assertThat(Files.exists(live.resolve("config/a.yaml"))).isTrue();
      assertThat(Files.exists(live.resolve("config/b.yaml"))).isTrue();
      assertThat(Files.exists(live.resolve("memory/notes.txt"))).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("components")
  @Tag("P4")
  @DisplayName("P4: a restore of it that dies anywhere leaves nothing behind, not even a directory")
  void diesAnywhere(String components) throws Exception {
    Platform platform = Platform.create(dir.resolve("platform"));
    if (components.contains("second.db")) {
      Files.copy(platform.root().resolve("live/app.db"), platform.root().resolve("live/second.db"));
    }
    String configuration = configuration(platform, components);
    RunId backup;
    try (Engine engine = platform.open(PosixFileLayer.create(), configuration)) {
      backup = Platform.backup(engine, Compression.NONE).manifest().runId();
    }
    Path live = platform.root().resolve("live");
    FileTrees.deleteTree(PosixFileLayer.create(), FilePath.of(live));
    Path pristine = platform.keepAs(dir.resolve("pristine"));
    boolean struck = true;
    // Every seventh operation: with other components another one each.
    for (long k = 1L + Math.floorMod(components.hashCode(), 7); struck; k += 7) {
      platform.reset(pristine);
      var layer =
          new FaultFileLayer(
              PosixFileLayer.create(),
              FaultPlan.crashAfter(k).counting(FaultPlan.Counted.MUTATING));
      boolean completed = false;
      try (Engine engine = platform.open(layer, configuration)) {
        completed = Platform.restore(engine, backup).status() == RunStatus.COMPLETED;
      } catch (SimulatedCrash died) {
        // As planned.
      }
      struck = layer.struck();
      try (Engine after = platform.open(PosixFileLayer.create(), configuration)) {
        after.recover(RunMonitor.silent());
        if (completed || Files.exists(live)) {
          assertThat(platform.rubbish()).as("died after %d", k).isEmpty();
        }
        assertThat(Platform.restore(after, backup).status()).isEqualTo(RunStatus.COMPLETED);
      }
    }
  }

  private static String configuration(Platform platform, String components) {
    String all = platform.configuration();
    return components.isEmpty()
        ? all
        : all.substring(0, all.indexOf("components:")) + "components:\n" + components;
  }
}
