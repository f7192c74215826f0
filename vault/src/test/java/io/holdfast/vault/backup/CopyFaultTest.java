package io.holdfast.vault.backup;

import static io.holdfast.vault.backup.Copying.ALPHA;
import static io.holdfast.vault.backup.Copying.start;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.copy.CopyOutcome;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import io.holdfast.testkit.fault.SimulatedCrash;
import io.holdfast.vault.backup.Copying.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Strikes the operations on a target, one by one, while a backup is copied into a directory. */
class CopyFaultTest {
  @TempDir Path temporary;

  private final FileLayer real = PosixFileLayer.create();

  private enum Strike {
    CRASH_BEFORE,
    CRASH_AFTER,
    FULL,
    FULL_FOR_GOOD,
    BROKEN_AFTER;

    FaultPlan plan(long k) {
      return switch (this) {
        case CRASH_BEFORE -> FaultPlan.crashBefore(k);
        case CRASH_AFTER -> FaultPlan.crashAfter(k);
        case FULL -> FaultPlan.failHalfway(k, Reason.NO_SPACE);
        case FULL_FOR_GOOD -> FaultPlan.failHalfway(k, Reason.NO_SPACE).forGood();
        case BROKEN_AFTER -> FaultPlan.failAfter(k, Reason.INPUT_OUTPUT);
      };
    }
  }

  private static Stream<Arguments> strikes() {
    return Stream.of(Compression.NONE, Compression.ZSTD)
        .flatMap(compression ->
            Stream.of(Strike.values()).map(strike -> Arguments.of(compression, strike)));
  }

  private static void fill(Repository source, int sequence, Compression compression)
      throws IOException {
    Copying.publish(
        source,
        start(sequence, compression),
        Map.of(
            ALPHA,
            sink -> {
              sink.file("data", new BytesContent(("backup " + sequence).getBytes(UTF_8)));
              sink.file("more", new BytesContent(new byte[3000]));
            }));
  }

  @ParameterizedTest
  @MethodSource("strikes")
  @Tag("P1")
  @Tag("P8")
  @DisplayName(
      "P1 P8: of a copy that fails or dies there is all or nothing, and the next one ends it")
  void everyOperation(Compression compression, Strike strike) throws IOException {
    RunId one = start(1, compression).run();
    RunId two = start(2, compression).run();
    int copied = 0;
    int failed = 0;
    try (Repository source = Kind.DIRECTORY.at(real, FilePath.of(temporary).resolve("source"))) {
      source.create();
      source.prepare();
      fill(source, 1, compression);
      fill(source, 2, compression);
      boolean struck = true;
      for (int k = 1; struck; k++) {
        FilePath place = FilePath.of(temporary).resolve("target" + k);
        try (Repository target = Kind.DIRECTORY.at(real, place)) {
          target.create();
          target.prepare();
          assertThat(Copying.copy(source, target, List.of(one), RunMonitor.silent()).isComplete())
              .isTrue();
        }
        var files = new FaultFileLayer(real, strike.plan(k));
        boolean said = false;
        try (Repository target = Kind.DIRECTORY.at(files, place)) {
          target.prepare();
          CopyOutcome outcome =
              Copying.copy(source, target, List.of(one, two), RunMonitor.silent());
          said = outcome.isComplete();
        } catch (IOException | RuntimeException | SimulatedCrash expected) {
          failed++;
        }
        struck = files.struck();
        try (Repository target = Kind.DIRECTORY.at(real, place)) {
          target.prepare();
          List<RunId> runs = target.list().stream().map(BackupEntry::runId).toList();
          assertThat(runs).as("at %d", k).contains(one);
          if (said) {
            assertThat(runs).as("at %d", k).contains(two);
          }
          copied += runs.contains(two) ? 1 : 0;
          for (RunId run : runs) {
            assertThat(Copying.problems(target, run)).as("at %d", k).isEmpty();
          }
          assertThat(target.checkStructure(new Cancellation())).as("at %d", k).isEmpty();
          assertThat(
                  Copying.copy(source, target, List.of(one, two), RunMonitor.silent()).isComplete())
              .as("at %d", k)
              .isTrue();
          assertThat(Copying.manifest(target, two)).isEqualTo(Copying.manifest(source, two));
          assertThat(target.listFailed()).as("at %d", k).isEmpty();
          assertThat(target.hasRunsUnderWay()).as("at %d", k).isFalse();
        }
      }
    }
    assertThat(copied).isPositive();
    assertThat(failed).isPositive();
  }
}
