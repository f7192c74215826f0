package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Engine;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.RunId;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import io.holdfast.testkit.fault.Operation;
import io.holdfast.testkit.fault.SimulatedCrash;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore recorded is enough to end it, whatever the configuration says by then. */
class ForgottenComponentTest {
  /** Operations from the end of a restore: all of its commit, and what comes after. */
  private static final int LAST = 60;

  @TempDir Path dir;

  @Test
  @Tag("P4")
  @DisplayName(
      "P4: a restore that died is ended, live databases included, though its components are configured no more")
  void endsWithoutConfiguration() throws Exception {
    Platform platform = Platform.create(dir.resolve("platform"));
    String live =
        platform.configuration().replace("path: live/app.db", "path: live/app.db, restore: live");
    String without = live.replaceAll("(?m)^ *(app-db|memory):.*\n", "");
    assertThat(without).contains("config:").doesNotContain("app-db");
    RunId first;
    try (Engine engine = platform.open(PosixFileLayer.create(), live)) {
      first = Platform.backup(engine, Compression.NONE).manifest().runId();
    }
    List<String> restored = platform.state();
    platform.fill("second");
    List<String> before = platform.state();
    Path pristine = platform.keepAs(dir.resolve("pristine"));

    var whole = new FaultFileLayer(PosixFileLayer.create(), FaultPlan.none());
    try (Engine engine = platform.open(whole, live)) {
      Platform.restore(engine, first);
    }
    assertThat(platform.state()).isEqualTo(restored);
    int operations = (int) whole.trace().stream().filter(Operation::mutating).count();
    int completed = 0;
    for (int k = Math.max(1, operations - LAST); k <= operations; k++) {
      platform.reset(pristine);
      var dying = FaultPlan.crashAfter(k).counting(FaultPlan.Counted.MUTATING);
      try (Engine engine =
          platform.open(new FaultFileLayer(PosixFileLayer.create(), dying), live)) {
        Platform.restore(engine, first);
      } catch (SimulatedCrash died) {
        // As planned.
      }
      try (Engine engine = platform.open(PosixFileLayer.create(), without)) {
        engine.recover(RunMonitor.silent());
        assertThat(engine.isRestoreUnfinished()).as("died after %d", k).isFalse();
      }
      assertThat(platform.rubbish()).as("died after %d", k).isEmpty();
      boolean done = platform.state().equals(restored);
      assertThat(platform.state()).as("died after %d", k).isEqualTo(done ? restored : before);
      completed += done ? 1 : 0;
    }
    assertThat(completed).isBetween(1, LAST);
  }
}
