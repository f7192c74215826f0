package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.testkit.repository.TestManifests;
import io.holdfast.vault.backend.BackendCrash;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.MemoryBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fault at every operation of the storage, while a second backup is written into a vault. */
class VaultFaultTest {
  private static final ComponentName ALPHA = new ComponentName("alpha");
  private static final Clock CLOCK =
      Clock.fixed(TestManifests.START.plus(Duration.ofDays(1)), ZoneOffset.UTC);

  @TempDir Path temporary;

  private final FileLayer files = PosixFileLayer.create();
  private MemoryBackend.Storage pristine = new MemoryBackend.Storage();
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

  private VaultRepository repository(FaultyVault setting) {
    return new VaultRepository(
        setting, files, CLOCK, FilePath.of(temporary.resolve("state" + states)));
  }

  private static BackupStart start(int sequence) {
    return new BackupStart(
        RunId.of(TestManifests.START, sequence),
        new BackupId(String.format("%012x", sequence)),
        Trigger.MANUAL,
        Compression.ZSTD);
  }

  private static byte[] content(int seed) {
    // Several chunks, of which the second backup shares the first ones.
    byte[] bytes = new byte[5 << 20];
    new Random(7).nextBytes(bytes);
    byte[] end = new byte[1 << 20];
    new Random(seed).nextBytes(end);
    System.arraycopy(end, 0, bytes, 4 << 20, end.length);
    return bytes;
  }

  private static Manifest publish(VaultRepository repository, int sequence) throws IOException {
    BackupStart start = start(sequence);
    try (BackupWriter writer = repository.begin(start)) {
      List<Artifact> artifacts;
      try (var component = writer.component(ALPHA, new Cancellation(), bytes -> {})) {
        component.sink().file("data", new BytesContent(content(sequence)));
        component.sink().file("same", new BytesContent(content(1)));
        artifacts = component.artifacts();
      }
      writer.verify(new Cancellation(), bytes -> {});
      return writer.publish(TestManifests.of(start, RunStatus.COMPLETED, Map.of(ALPHA, artifacts)));
    }
  }

  private static byte[] read(VaultRepository repository, int sequence) throws IOException {
    try (BackupReader reader = repository.open(start(sequence).run());
        Content.Reader content =
            reader.artifacts(ALPHA, new Cancellation(), b -> {}).file("data").open()) {
      var all = ByteBuffer.allocate(Math.toIntExact(content.size()));
      while (all.hasRemaining() && content.read(all) > 0) {}
      return all.array();
    }
  }

  @BeforeEach
  void oneBackup() throws IOException {
    try (var repository = repository(new FaultyVault(pristine, BackendFault.none()))) {
      repository.create();
      repository.prepare();
      publish(repository, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  @Tag("P1")
  @Tag("P8")
  @DisplayName("P1 P8: what was published stays whole; what failed is not there, or is whole")
  void everyOperation(Fault fault) throws IOException {
    int published = 0;
    int failed = 0;
    boolean struck = true;
    for (long k = 1; struck; k++) {
      states++;
      MemoryBackend.Storage storage = pristine.copy();
      var setting = new FaultyVault(storage, fault.plan.apply(k));
      boolean said = false;
      var repository = repository(setting);
      try {
        repository.create();
        repository.prepare();
        publish(repository, 2);
        said = true;
      } catch (IOException | RuntimeException | BackendCrash expected) {
        failed++;
      }
      struck = setting.struck();
      try (var after = repository(new FaultyVault(storage, BackendFault.none()))) {
        after.create();
        List<RunId> runs = after.list().stream().map(BackupEntry::runId).toList();
        assertThat(runs).as("at %d", k).contains(start(1).run());
        boolean there = runs.contains(start(2).run());
        if (said) {
          assertThat(there).as("at %d", k).isTrue();
        }
        published += there ? 1 : 0;
        assertThat(read(after, 1)).as("at %d", k).isEqualTo(content(1));
        if (there) {
          assertThat(read(after, 2)).as("at %d", k).isEqualTo(content(2));
        }
        assertThat(after.checkStructure(new Cancellation())).as("at %d", k).isEmpty();
        after.prepare();
        publish(after, 3);
        assertThat(read(after, 3)).as("at %d", k).isEqualTo(content(3));
      }
    }
    assertThat(published).isPositive();
    assertThat(failed).isGreaterThan(5);
  }
}
