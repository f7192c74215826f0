package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Engine;
import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ForwardingFileLayer;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run that is cancelled before any of its file operations: of those that change something or open
 * a file in every run of the tests, of all with {@code -Dholdfast.campaign=true}.
 */
@Tag("P9")
class CancelSweepTest {
  private static final boolean CAMPAIGN = Boolean.getBoolean("holdfast.campaign");

  /** Operations that only look; between two that do something, one is as good as the other. */
  private static final Set<String> LOOKS =
      Set.of("find", "follow", "resolveLinks", "list", "readSymlink", "attributes", "space");

  @TempDir Path dir;

  /** Cancels a run when operation {@code k} is asked for. */
  private static final class CancelAt extends ForwardingFileLayer {
    private final AtomicLong left;
    private final RunMonitor monitor;

    CancelAt(long k, RunMonitor monitor) {
      super(PosixFileLayer.create());
      this.left = new AtomicLong(k);
      this.monitor = monitor;
    }

    @Override
    protected void before(String operation, FilePath path) {
      if (!CAMPAIGN && LOOKS.contains(operation)) {
        return;
      }
      if (left.decrementAndGet() == 0) {
        monitor.cancellation().cancel(Cancellation.Reason.CANCELLED);
      }
    }

    boolean reached() {
      return left.get() <= 0;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"NONE", "ZSTD"})
  @DisplayName(
      "P9: a backup cancelled at any operation publishes nothing and leaves no rubbish, or was already published")
  void cancelledBackup(Compression compression) throws Exception {
    Platform platform = Platform.create(dir.resolve("platform"));
    Path pristine = platform.keepAs(dir.resolve("pristine"));
    boolean reached = true;
    int cancelled = 0;
    for (long k = 1; reached; k++) {
      platform.reset(pristine);
      RunMonitor monitor = RunMonitor.silent();
      var layer = new CancelAt(k, monitor);
      BackupOutcome outcome;
      try (Engine engine = platform.open(layer)) {
        outcome =
            engine.backup(
                new BackupRequest(Trigger.MANUAL, List.of(), Optional.of(compression)), monitor);
      }
      reached = layer.reached();
      RunStatus status = outcome.manifest().status();
      assertThat(status).as("at %d", k).isIn(RunStatus.CANCELLED, RunStatus.COMPLETED);
      try (Engine after = platform.open()) {
        List<RunId> listed = after.list().stream().map(BackupEntry::runId).toList();
        if (status == RunStatus.COMPLETED) {
          assertThat(listed).as("at %d", k).containsExactly(outcome.manifest().runId());
        } else {
          cancelled++;
          assertThat(listed).as("at %d", k).isEmpty();
          assertThat(names(platform.repository().resolve(".running"))).as("at %d", k).isEmpty();
          Path record = platform.repository().resolve("failed");
          try (Stream<Path> left = Files.walk(record)) {
            assertThat(left.filter(Files::isRegularFile).map(p -> p.getFileName().toString()))
                .as("at %d: a record, and no artifacts", k)
                .allMatch(name -> name.startsWith("manifest.json"));
          }
        }
        assertThat(after.upkeep().check(true, RunMonitor.silent())).as("at %d", k).isEmpty();
      }
    }
    assertThat(cancelled).isGreaterThan(30);
  }

  @Test
  @Tag("P4")
  @DisplayName(
      "P9 P4: a restore cancelled at any operation leaves everything as it was, or is complete")
  void cancelledRestore() throws Exception {
    Platform platform = Platform.create(dir.resolve("platform"));
    RunId backup;
    try (Engine engine = platform.open()) {
      backup = Platform.backup(engine, Compression.ZSTD).manifest().runId();
    }
    List<String> restored = platform.state();
    platform.fill("later");
    List<String> before = platform.state();
    Path pristine = platform.keepAs(dir.resolve("pristine"));
    boolean reached = true;
    int cancelled = 0;
    for (long k = 1; reached; k++) {
      platform.reset(pristine);
      RunMonitor monitor = RunMonitor.silent();
      var layer = new CancelAt(k, monitor);
      RestoreOutcome outcome;
      try (Engine engine = platform.open(layer)) {
        outcome =
            engine.restore(new RestoreRequest(backup, List.of(), Optional.empty(), false), monitor);
      }
      reached = layer.reached();
      assertThat(outcome.status())
          .as("at %d: %s", k, outcome.failure())
          .isIn(RunStatus.CANCELLED, RunStatus.COMPLETED);
      boolean whole = outcome.status() == RunStatus.COMPLETED;
      cancelled += whole ? 0 : 1;
      assertThat(platform.state()).as("at %d", k).isEqualTo(whole ? restored : before);
      assertThat(platform.rubbish()).as("at %d", k).isEmpty();
    }
    assertThat(cancelled).isGreaterThan(50);
  }

  private static List<String> names(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(p -> p.getFileName().toString()).toList();
    }
  }
}
