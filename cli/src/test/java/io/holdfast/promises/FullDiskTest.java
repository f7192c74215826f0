package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Engine;
import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is full after so many bytes. */
class FullDiskTest {
  private static final boolean CAMPAIGN = Boolean.getBoolean("holdfast.campaign");

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(Compression.class)
  @Tag("P8")
  @DisplayName(
      "P8: a disk that fills up at any byte of a backup never yields a completed one, and says so")
  void fullAtAnyByte(Compression compression) throws Exception {
    Platform platform = Platform.create(dir.resolve("platform"));
    RunId first;
    try (Engine engine = platform.open()) {
      first = Platform.backup(engine, Compression.NONE).manifest().runId();
    }
    Path pristine = platform.keepAs(dir.resolve("pristine"));
    boolean full = true;
    int refused = 0;
    // Primes, so that the steps fall on ever other places of pages, headers and blocks.
    for (long bytes = 0; full; bytes += CAMPAIGN ? 7 : 1009) {
      platform.reset(pristine);
      var layer = new FaultFileLayer(PosixFileLayer.create(), FaultPlan.fullAfter(bytes));
      Optional<ErrorCode> code;
      try (Engine engine = platform.open(layer)) {
        BackupOutcome outcome = Platform.backup(engine, compression);
        full = outcome.manifest().status() != RunStatus.COMPLETED;
        code =
            Stream.concat(
                    outcome.manifest().failure().stream(),
                    outcome.manifest().components().stream().flatMap(c -> c.failure().stream()))
                .map(ComponentRecord.Failure::code)
                .filter(c -> c != ErrorCode.CANCELLED)
                .findFirst();
      } catch (HoldfastException e) {
        code = Optional.of(e.code());
      }
      if (full) {
        refused++;
        assertThat(code).as("after %d bytes", bytes).contains(ErrorCode.REPOSITORY_FULL);
      }
      try (Engine after = platform.open()) {
        assertThat(after.list().stream().map(BackupEntry::runId))
            .as("after %d bytes", bytes)
            .contains(first);
        assertThat(after.list()).as("after %d bytes", bytes).hasSize(full ? 1 : 2);
        assertThat(after.upkeep().check(true, RunMonitor.silent()))
            .as("after %d bytes", bytes)
            .isEmpty();
      }
    }
    assertThat(refused).isGreaterThan(3);
  }
}
