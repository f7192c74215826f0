package io.holdfast.vault.backup;

import static io.holdfast.vault.backup.Copying.ALPHA;
import static io.holdfast.vault.backup.Copying.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.vault.backend.BackendCrash;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backup.Copying.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fault at every operation of the storage, while a backup is copied into a vault or from one. */
class VaultCopyFaultTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final RunId ONE = start(1, Compression.ZSTD).run();
  private static final RunId TWO = start(2, Compression.ZSTD).run();

  @TempDir Path temporary;

  private final FileLayer files = PosixFileLayer.create();
  private final MemoryBackend.Storage withOne = new MemoryBackend.Storage();
  private final MemoryBackend.Storage withBoth = new MemoryBackend.Storage();
  private Repository source;
  private int states;

  private enum Fault {
    FAILS_BEFORE(k -> BackendFault.failBefore(k, Reason.OTHER)),
    FAILS_AFTER(k -> BackendFault.failAfter(k, Reason.TRANSIENT)),
    FULL_FOR_GOOD(k -> BackendFault.failBefore(k, Reason.FULL).forGood()),
    DIES_BEFORE(BackendFault::crashBefore),
    DIES_AFTER(BackendFault::crashAfter);

    private final LongFunction<BackendFault> plan;

    Fault(LongFunction<BackendFault> plan) {
      this.plan = plan;
    }
  }

  private VaultRepository vault(FaultyVault setting) {
    return new VaultRepository(
        setting, files, CLOCK, FilePath.of(temporary.resolve("state" + states)));
  }

  private VaultRepository vault(MemoryBackend.Storage storage) {
    return vault(new FaultyVault(storage, BackendFault.none()));
  }

  @BeforeEach
  void oneIsCopied() throws IOException {
    source = Kind.DIRECTORY.at(files, FilePath.of(temporary.resolve("source")));
    source.create();
    source.prepare();
    for (int sequence : new int[] {1, 2}) {
      byte[] own = Copying.noise(sequence, 300_000);
      Copying.publish(
          source,
          start(sequence, Compression.ZSTD),
          Map.of(
              ALPHA,
              sink -> {
                sink.file("own", new BytesContent(own));
                sink.file("shared", new BytesContent(Copying.noise(7, 2 << 20)));
              }));
    }
    fill(withOne, List.of(ONE));
    fill(withBoth, List.of(ONE, TWO));
  }

  private void fill(MemoryBackend.Storage storage, List<RunId> runs) throws IOException {
    states++;
    try (var target = vault(storage)) {
      target.create();
      target.prepare();
      assertThat(Copying.copy(source, target, runs, RunMonitor.silent()).isComplete()).isTrue();
    }
  }

  @AfterEach
  void close() throws IOException {
    source.close();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  @Tag("P1")
  @Tag("P8")
  @DisplayName("P1 P8: of a copy into a vault there is all or nothing, and the next one ends it")
  void into(Fault fault) throws IOException {
    int copied = 0;
    int failed = 0;
    boolean struck = true;
    for (long k = 1; struck; k++) {
      states++;
      MemoryBackend.Storage storage = withOne.copy();
      var setting = new FaultyVault(storage, fault.plan.apply(k));
      boolean said = false;
      // Not closed: a process that dies closes nothing.
      var dying = vault(setting);
      try {
        dying.create();
        dying.prepare();
        said = Copying.copy(source, dying, List.of(ONE, TWO), RunMonitor.silent()).isComplete();
      } catch (IOException | RuntimeException | BackendCrash expected) {
        said = false;
      }
      failed += said ? 0 : 1;
      struck = setting.struck();
      try (var target = vault(storage)) {
        target.create();
        target.prepare();
        List<RunId> runs = target.list().stream().map(BackupEntry::runId).toList();
        assertThat(runs).as("at %d", k).contains(ONE);
        if (said) {
          assertThat(runs).as("at %d", k).contains(TWO);
        }
        copied += runs.contains(TWO) ? 1 : 0;
        for (RunId run : runs) {
          assertThat(Copying.problems(target, run)).as("at %d", k).isEmpty();
        }
        assertThat(target.checkStructure(new Cancellation())).as("at %d", k).isEmpty();
        assertThat(
                Copying.copy(source, target, List.of(ONE, TWO), RunMonitor.silent()).isComplete())
            .as("at %d", k)
            .isTrue();
        assertThat(Copying.manifest(target, TWO)).isEqualTo(Copying.manifest(source, TWO));
        assertThat(target.listFailed()).as("at %d", k).isEmpty();
        assertThat(target.hasRunsUnderWay()).as("at %d", k).isFalse();
      }
    }
    assertThat(copied).isPositive();
    assertThat(failed).isGreaterThan(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"FAILS_BEFORE", "FAILS_AFTER", "FULL_FOR_GOOD"})
  @Tag("P8")
  @DisplayName("P8: a vault that fails while it is read gives no half of a backup")
  void from(Fault fault) throws IOException {
    int failed = 0;
    boolean struck = true;
    for (long k = 1; struck; k++) {
      states++;
      var setting = new FaultyVault(withBoth.copy(), fault.plan.apply(k));
      try (Repository target =
          Kind.DIRECTORY.at(files, FilePath.of(temporary.resolve("target" + k)))) {
        target.create();
        target.prepare();
        boolean said;
        try (var failing = vault(setting)) {
          said = Copying.copy(failing, target, List.of(ONE, TWO), RunMonitor.silent()).isComplete();
        }
        failed += said ? 0 : 1;
        for (BackupEntry entry : target.list()) {
          assertThat(Copying.problems(target, entry.runId())).as("at %d", k).isEmpty();
        }
        assertThat(target.listFailed()).as("at %d", k).isEmpty();
        assertThat(target.hasRunsUnderWay()).as("at %d", k).isFalse();
        if (said) {
          assertThat(target.list()).as("at %d", k).hasSize(2);
        }
      }
      struck = setting.struck();
    }
    assertThat(failed).isGreaterThan(5);
  }
}
