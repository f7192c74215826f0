package io.holdfast.vault.backend.local;

import static io.holdfast.vault.backend.local.LocalFixture.FILES;
import static io.holdfast.vault.backend.local.LocalFixture.bytes;
import static io.holdfast.vault.backend.local.LocalFixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import io.holdfast.testkit.fault.SimulatedCrash;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation of the file system is struck, one after the other, in each way. */
class LocalSweepTest {
  private static final byte[] OLD = bytes(1, 3000);
  private static final byte[] NEW = bytes(2, 5000);

  @TempDir Path directory;
  private LocalFixture vault;

  private static List<LongFunction<FaultPlan>> plans() {
    return List.of(
        FaultPlan::crashBefore,
        FaultPlan::crashHalfway,
        FaultPlan::crashAfter,
        k -> FaultPlan.failBefore(k, Reason.INPUT_OUTPUT),
        k -> FaultPlan.failHalfway(k, Reason.NO_SPACE),
        k -> FaultPlan.failAfter(k, Reason.INPUT_OUTPUT),
        k -> FaultPlan.failBefore(k, Reason.INPUT_OUTPUT).forGood());
  }

  /** Something that may be struck. */
  private interface Work {
    void run(LocalBackend backend) throws IOException;
  }

  @BeforeEach
  void create() throws IOException {
    vault = new LocalFixture(directory.resolve("vault"));
    try (var backend = vault.open()) {
      backend.create();
      LocalFixture.write(backend, FileType.SNAPSHOT, OLD);
    }
  }

  /** Whether it was done, as far as the process knows; it may be dead by then. */
  private boolean attempt(FaultFileLayer files, Work work) throws IOException {
    try (var backend = vault.open(files)) {
      work.run(backend);
      return true;
    } catch (SimulatedCrash | BackendException struck) {
      return false;
    }
  }

  /**
   * What holds whatever happened: what was there is, and nothing else is but what was asked for.
   */
  private boolean assertWholeOrNothing(LocalBackend after, FileId file, FaultFileLayer files)
      throws IOException {
    String trace = files.trace().toString();
    FileId old = id(FileType.SNAPSHOT, OLD);
    assertThat(after.readAll(old)).as(trace).isEqualTo(OLD);
    boolean there = after.exists(file);
    if (there) {
      assertThat(after.readAll(file)).as(trace).isEqualTo(NEW);
    }
    if (file.type() != FileType.CONFIG) {
      assertThat(after.list(file.type())).as(trace).hasSize(there ? 1 : 0);
    }
    return there;
  }

  private void assertNothingElse(LocalBackend after, boolean there, FaultFileLayer files)
      throws IOException {
    after.tidy();
    assertThat(vault.everything()).as("%s", files.trace()).hasSize(there ? 2 : 1);
  }

  /** One failure, and not of what cleans up: then nothing is left, without anybody tidying. */
  private static boolean cleansUpItself(FaultPlan plan, FaultFileLayer files) {
    if (!(plan.effect() instanceof FaultPlan.Fail) || plan.lasting()) {
      return false;
    }
    return !files.struck()
        || !List.of("delete", "tryLock", "unlock")
            .contains(files.trace().get((int) plan.at() - 1).name());
  }

  private void assertContractHolds(FileId file) throws IOException {
    try (var after = vault.open()) {
      if (!after.exists(file)) {
        after.write(file, ByteBuffer.wrap(NEW));
      }
      assertThat(after.readAll(file)).isEqualTo(NEW);
      after.delete(file);
      assertThat(after.exists(file)).isFalse();
    }
    assertThat(vault.everything()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("plans")
  @DisplayName("a pack is written wholly or not at all, and leaves nothing behind")
  void writing(LongFunction<FaultPlan> plan) throws IOException {
    sweepWrite(plan, id(FileType.PACK, NEW), false, 10);
  }

  @ParameterizedTest
  @MethodSource("plans")
  @DisplayName("the same for a config")
  void writingConfig(LongFunction<FaultPlan> plan) throws IOException {
    sweepWrite(plan, FileId.CONFIG, false, 10);
  }

  @ParameterizedTest
  @MethodSource("plans")
  @DisplayName("the same where the directory has to be made first")
  void writingIntoMissingDirectory(LongFunction<FaultPlan> plan) throws IOException {
    sweepWrite(plan, id(FileType.PACK, NEW), true, 13);
  }

  private void sweepWrite(
      LongFunction<FaultPlan> plan, FileId file, boolean withoutDirectory, long atLeast)
      throws IOException {
    for (long k = 1; ; k++) {
      if (withoutDirectory) {
        Files.deleteIfExists(vault.path(file).getParent());
      }
      var files = new FaultFileLayer(FILES, plan.apply(k));
      boolean done = attempt(files, backend -> backend.write(file, ByteBuffer.wrap(NEW)));
      try (var after = vault.open()) {
        boolean there = assertWholeOrNothing(after, file, files);
        if (done) {
          assertThat(there).as("%s", files.trace()).isTrue();
        }
        if (cleansUpItself(plan.apply(k), files)) {
          assertThat(vault.everything()).as("%s", files.trace()).hasSize(there ? 2 : 1);
        }
        assertNothingElse(after, there, files);
      }
      assertContractHolds(file);
      if (!files.struck()) {
        assertThat(k).isGreaterThan(atLeast);
        return;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  @DisplayName("a write that is refused, because the name is taken, leaves what is there")
  void writingWhatIsThere(LongFunction<FaultPlan> plan) throws IOException {
    FileId file = id(FileType.PACK, NEW);
    for (long k = 1; ; k++) {
      try (var backend = vault.open()) {
        backend.write(file, ByteBuffer.wrap(NEW));
      }
      var files = new FaultFileLayer(FILES, plan.apply(k));
      boolean done = attempt(files, backend -> backend.write(file, ByteBuffer.allocate(10)));
      assertThat(done).isFalse();
      try (var after = vault.open()) {
        assertThat(assertWholeOrNothing(after, file, files)).isTrue();
        assertNothingElse(after, true, files);
      }
      assertContractHolds(file);
      if (!files.struck()) {
        assertThat(k).isGreaterThan(2);
        return;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  @DisplayName("a deletion that was struck is finished by repeating it")
  void deleting(LongFunction<FaultPlan> plan) throws IOException {
    FileId file = id(FileType.PACK, NEW);
    for (long k = 1; ; k++) {
      try (var backend = vault.open()) {
        backend.write(file, ByteBuffer.wrap(NEW));
      }
      var files = new FaultFileLayer(FILES, plan.apply(k));
      boolean done = attempt(files, backend -> backend.delete(file));
      try (var after = vault.open()) {
        boolean there = assertWholeOrNothing(after, file, files);
        if (done) {
          assertThat(there).isFalse();
        }
        assertNothingElse(after, there, files);
      }
      assertContractHolds(file);
      if (!files.struck()) {
        assertThat(k).isGreaterThan(3);
        return;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  @DisplayName("reading fails or tells the truth, and the position of the buffer tells which")
  void reading(LongFunction<FaultPlan> plan) throws IOException {
    FileId file = id(FileType.SNAPSHOT, OLD);
    for (long k = 1; ; k++) {
      var files = new FaultFileLayer(FILES, plan.apply(k));
      var target = ByteBuffer.allocate(OLD.length);
      boolean done =
          attempt(
              files,
              backend -> {
                backend.read(file, 0, target);
                assertThat(backend.list(FileType.SNAPSHOT)).hasSize(1);
                assertThat(backend.size(file)).isEqualTo(OLD.length);
              });
      assertThat(target.position()).isIn(0, OLD.length);
      if (target.position() > 0) {
        assertThat(target.array()).isEqualTo(OLD);
      }
      if (!files.struck()) {
        assertThat(done).isTrue();
        assertThat(k).isGreaterThan(8);
        return;
      }
    }
  }
}
