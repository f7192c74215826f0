package io.holdfast.testkit.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.repository.directory.DirectoryRepository;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import io.holdfast.testkit.fault.SimulatedCrash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Strikes the operations of a publication and of a deletion, one by one. */
class RepositoryFaultTest {
  private static final ComponentName ALPHA = new ComponentName("alpha");
  private static final FileLayer REAL = PosixFileLayer.create();
  private static final boolean CAMPAIGN = Boolean.getBoolean("holdfast.campaign");

  @TempDir Path temporary;

  /** A way to strike operation {@code k}. */
  private enum Strike {
    CRASH_BEFORE,
    CRASH_HALFWAY,
    CRASH_AFTER,
    FULL,
    FULL_FOR_GOOD,
    BROKEN_AFTER,
    UNWRITABLE;

    FaultPlan plan(long k) {
      return switch (this) {
        case CRASH_BEFORE -> FaultPlan.crashBefore(k);
        case CRASH_HALFWAY -> FaultPlan.crashHalfway(k);
        case CRASH_AFTER -> FaultPlan.crashAfter(k);
        case FULL -> FaultPlan.failHalfway(k, Reason.NO_SPACE);
        case FULL_FOR_GOOD -> FaultPlan.failHalfway(k, Reason.NO_SPACE).forGood();
        case BROKEN_AFTER -> FaultPlan.failAfter(k, Reason.INPUT_OUTPUT);
        case UNWRITABLE -> FaultPlan.failBefore(k, Reason.READ_ONLY);
      };
    }
  }

  private static Stream<Arguments> strikes() {
    return Stream.of(Compression.values())
        .flatMap(compression ->
            Stream.of(Strike.values()).map(strike -> Arguments.of(compression, strike)));
  }

  private Repository repository(FileLayer files) {
    return new DirectoryRepository(
        files, RepositoryContract.CLOCK, FilePath.of(temporary).resolve("repository"), 1);
  }

  private static BackupStart start(int sequence, Compression compression) {
    return new BackupStart(
        RunId.of(TestManifests.START, sequence),
        new BackupId(String.format("%012x", sequence)),
        Trigger.MANUAL,
        compression);
  }

  private static void publish(Repository repository, BackupStart start) throws IOException {
    try (BackupWriter writer = repository.begin(start)) {
      try {
        publish(writer, start);
      } catch (HoldfastException failure) {
        try {
          writer.fail(TestManifests.of(start, RunStatus.FAILED, Map.of()));
        } catch (HoldfastException again) {
          failure.addSuppressed(again);
        }
        throw failure;
      }
    }
  }

  private static void publish(BackupWriter writer, BackupStart start) throws IOException {
    List<Artifact> artifacts;
    try (var component = writer.component(ALPHA, new Cancellation(), b -> {})) {
      component.sink().file("data", new BytesContent(RepositoryContract.noise(2, 150)));
      var place = component.sink().place("placed");
      REAL.createSymlink(place.withSuffix(".beside"), new byte[] {'x'});
      try (var file = REAL.create(place, 0644)) {
        file.setLength(10);
      }
      component.sink().adopt("placed");
      try (var tree = component.sink().tree("files")) {
        var metadata = new Metadata(0750, 0, 0, new FileTime(5, 0), Map.of());
        tree.add(new TreeEntry.Directory(TreePath.ROOT, metadata));
        var path = TreePath.of("file");
        tree.file(
            new TreeEntry.RegularFile(path, metadata, 1, false),
            new BytesContent(RepositoryContract.noise(3, 5000)));
        tree.add(new TreeEntry.HardLink(TreePath.of("link"), metadata, path));
        tree.finish();
      }
      artifacts = component.artifacts();
    }
    writer.checkpoint(TestManifests.of(start, RunStatus.RUNNING, Map.of()));
    writer.verify(new Cancellation(), b -> {});
    writer.publish(TestManifests.of(start, RunStatus.COMPLETED, Map.of(ALPHA, artifacts)));
  }

  @ParameterizedTest
  @MethodSource("strikes")
  @Tag("P1")
  @Tag("P2")
  @Tag("P8")
  @DisplayName("P1, P2, P8: whatever is struck, what is listed verifies, and nothing else is left")
  void publication(Compression compression, Strike strike) throws IOException {
    Repository real = repository(REAL);
    real.create();
    publish(real, start(1, compression));
    int step = CAMPAIGN ? 1 : 4;
    for (int k = 1 + strike.ordinal() % step; ; k += step) {
      BackupStart start = start(k + 1, compression);
      var files = new FaultFileLayer(REAL, strike.plan(k));
      boolean published = attempt(() -> publish(repository(files), start), strike);
      List<Integer> listed = real.list().stream().map(entry -> entry.runId().sequence()).toList();
      String trace = "operation " + k + " of " + last(files);
      if (published) {
        assertThat(listed).as(trace).containsExactly(k + 1, 1);
      } else if (strike != Strike.CRASH_AFTER
          && strike != Strike.CRASH_BEFORE
          && strike != Strike.CRASH_HALFWAY) {
        // What dies after the renaming has published and cannot say so; what fails takes it back.
        if (strike != Strike.FULL_FOR_GOOD) {
          assertThat(listed).as(trace).containsExactly(1);
        }
      }
      requireSound(real, trace);
      real.prepare();
      assertThat(real.checkStructure(new Cancellation())).as(trace).isEmpty();
      for (BackupEntry entry : real.list()) {
        if (entry.runId().sequence() != 1) {
          real.delete(entry.runId());
        }
      }
      if (!files.struck()) {
        assertThat(published).as("nothing was struck").isTrue();
        break;
      }
    }
    assertThat(real.list()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("strikes")
  @Tag("P1")
  @DisplayName("P1: a deletion leaves the whole backup, or none that is listed")
  void deletion(Compression compression, Strike strike) throws IOException {
    Repository real = repository(REAL);
    real.create();
    publish(real, start(1, compression));
    for (int k = 1; ; k++) {
      BackupStart start = start(k + 1, compression);
      publish(real, start);
      var files = new FaultFileLayer(REAL, strike.plan(k));
      boolean deleted = attempt(() -> repository(files).delete(start.run()), strike);
      String trace = "operation " + k + " of " + last(files);
      requireSound(real, trace);
      if (deleted) {
        assertThat(real.list()).as(trace).hasSize(1);
      }
      real.prepare();
      assertThat(real.checkStructure(new Cancellation())).as(trace).isEmpty();
      if (real.list().size() == 2) {
        real.delete(start.run());
      }
      if (!files.struck()) {
        break;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("P8")
  @DisplayName("P8: a disk that is full after so many bytes is said to be full, and says where")
  void fullDisk(Compression compression) throws IOException {
    Repository real = repository(REAL);
    real.create();
    boolean published = false;
    for (int bytes = 0; !published; bytes += CAMPAIGN ? 7 : 211) {
      var files = new FaultFileLayer(REAL, FaultPlan.fullAfter(bytes));
      try {
        publish(repository(files), start(1, compression));
        published = true;
      } catch (HoldfastException full) {
        assertThat(full.code()).as(full.toString()).isEqualTo(ErrorCode.REPOSITORY_FULL);
        assertThat(full.context()).containsKey("path");
        assertThat(full.guidance()).isNotEmpty();
        assertThat(real.list()).isEmpty();
        real.prepare();
      }
    }
    requireSound(real, "in the end");
  }

  @Test
  @DisplayName("a repository that vanishes, or may not be written, is said to be so")
  void vanished() throws IOException {
    Repository real = repository(REAL);
    assertThat(code(real::list)).isEqualTo(ErrorCode.REPOSITORY_UNAVAILABLE);
    real.create();
    var readOnly = new FaultFileLayer(REAL, FaultPlan.failBefore(3, Reason.READ_ONLY).forGood());
    assertThat(code(() -> publish(repository(readOnly), start(1, Compression.NONE))))
        .isIn(ErrorCode.REPOSITORY_UNWRITABLE, ErrorCode.REPOSITORY_UNAVAILABLE);
    io.holdfast.engine.file.FileTrees.deleteTree(
        REAL, FilePath.of(temporary).resolve("repository"));
    assertThat(code(() -> publish(real, start(1, Compression.NONE))))
        .isEqualTo(ErrorCode.REPOSITORY_UNAVAILABLE);
    assertThat(code(real::prepare)).isEqualTo(ErrorCode.REPOSITORY_UNAVAILABLE);
  }

  private static ErrorCode code(Work work) {
    try {
      work.run();
    } catch (HoldfastException failure) {
      assertThat(failure.guidance()).isNotEmpty();
      return failure.code();
    } catch (IOException raw) {
      throw new AssertionError("not explained", raw);
    }
    throw new AssertionError("nothing was wrong");
  }

  /** Everything that is listed verifies to the last byte. */
  private static void requireSound(Repository repository, String trace) throws IOException {
    assertThat(repository.list()).as(trace).isNotEmpty();
    for (BackupEntry entry : repository.list()) {
      assertThat(entry).as(trace).isInstanceOf(BackupEntry.Readable.class);
      try (var reader = repository.open(entry.runId())) {
        assertThat(reader.verify(List.of(ALPHA), new Cancellation(), b -> {})).as(trace).isEmpty();
      }
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  /** Whether it was done; what it throws is an error of the family, or the crash. */
  private static boolean attempt(Work work, Strike strike) {
    try {
      work.run();
      return true;
    } catch (SimulatedCrash crash) {
      return false;
    } catch (HoldfastException failure) {
      assertThat(failure.code()).as(failure.toString()).isNotEqualTo(ErrorCode.INTERNAL);
      return false;
    } catch (IOException raw) {
      throw new AssertionError("an error that nobody explained, of " + strike, raw);
    }
  }

  private static String last(FaultFileLayer files) {
    var trace = files.trace();
    return trace.size()
        + ", before the end: "
        + trace.subList(Math.max(0, trace.size() - 6), trace.size());
  }
}
