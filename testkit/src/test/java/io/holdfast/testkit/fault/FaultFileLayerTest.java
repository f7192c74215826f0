package io.holdfast.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.testkit.fault.FaultPlan.Counted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultFileLayerTest {
  private static final FileLayer REAL = PosixFileLayer.create();

  @TempDir Path directory;
  private FilePath room;

  @BeforeEach
  void name() {
    room = FilePath.of(directory);
  }

  private static FaultFileLayer layer(FaultPlan plan) {
    return new FaultFileLayer(REAL, plan);
  }

  /** Six operations of which five can change the disk. */
  private void work(FileLayer files) throws IOException {
    files.find(room);
    files.createDirectory(room.resolve("d"), 0700);
    try (var file = files.create(room.resolve("d/f"), 0600)) {
      file.write(ByteBuffer.wrap(new byte[10]), 3);
    }
    files.rename(room.resolve("d/f"), room.resolve("g"));
  }

  @Test
  void theTraceNamesOperationsInTheirOrder() throws IOException {
    var files = layer(FaultPlan.none());
    work(files);
    assertThat(files.trace())
        .extracting(Operation::toString)
        .containsExactly(
            "find " + room,
            "createDirectory " + room + "/d 700",
            "create " + room + "/d/f",
            "write " + room + "/d/f 10 bytes at 3",
            "close " + room + "/d/f",
            "rename " + room + "/d/f to " + room + "/g");
    assertThat(files.struck()).isFalse();
  }

  @Test
  void onlyMutatingOperationsCountIfAsked() throws IOException {
    var files = layer(FaultPlan.failBefore(1, Reason.INPUT_OUTPUT).counting(Counted.MUTATING));
    files.find(room);
    files.list(room);
    assertThatThrownBy(() -> work(files)).hasMessageContaining("injected, operation 1");
    assertThat(files.trace()).extracting(Operation::name).containsExactly("createDirectory");
  }

  @Test
  void failingBeforeDoesNothingAndPasses() throws IOException {
    var files = layer(FaultPlan.failBefore(1, Reason.NO_SPACE));
    var path = room.resolve("d");
    assertThatExceptionOfType(FileLayerException.class)
        .isThrownBy(() -> files.createDirectory(path, 0700))
        .returns(Reason.NO_SPACE, FileLayerException::reason)
        .returns(path, FileLayerException::path);
    assertThat(files.struck()).isTrue();
    assertThat(REAL.find(path)).isEmpty();
    files.createDirectory(path, 0700);
    assertThat(REAL.find(path)).isPresent();
  }

  @Test
  void failingAfterHasDoneIt() throws IOException {
    var path = room.resolve("f");
    var files = layer(FaultPlan.failAfter(1, Reason.INPUT_OUTPUT));
    assertThatThrownBy(() -> files.create(path, 0600)).isInstanceOf(FileLayerException.class);
    assertThat(REAL.find(path)).isPresent();
  }

  @Test
  void aFaultForGoodStays() throws IOException {
    var files = layer(FaultPlan.failBefore(2, Reason.INPUT_OUTPUT).forGood());
    files.find(room);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> files.find(room)).isInstanceOf(FileLayerException.class);
    }
  }

  @Test
  void aTornWriteHasWrittenHalf() throws IOException {
    for (var plan :
        new FaultPlan[] {FaultPlan.failHalfway(2, Reason.NO_SPACE), FaultPlan.crashHalfway(2)}) {
      var path = room.resolve("f" + plan.effect().getClass().getSimpleName());
      var files = layer(plan);
      var file = files.create(path, 0600);
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1001), 0))
          .isInstanceOfAny(FileLayerException.class, SimulatedCrash.class);
      assertThat(REAL.find(path).orElseThrow().size()).isEqualTo(500);
    }
  }

  @Test
  void afterACrashNothingReachesTheDisk() throws IOException {
    var files = layer(FaultPlan.crashBefore(3));
    var open = files.create(room.resolve("f"), 0600);
    var lock = files.tryLock(room.resolve("l")).orElseThrow();
    assertThatThrownBy(() -> files.createDirectory(room.resolve("d"), 0700))
        .isInstanceOf(SimulatedCrash.class)
        .hasMessageContaining("operation 3, createDirectory " + room + "/d");
    for (var operation :
        new ThrowingCallable[] {
          () -> files.delete(room.resolve("f")),
          () -> files.find(room),
          () -> files.tryLock(room.resolve("l")),
          () -> open.write(ByteBuffer.allocate(9), 0),
          open::close,
          lock::close
        }) {
      assertThatThrownBy(operation).isInstanceOf(SimulatedCrash.class);
    }
    assertThat(REAL.list(room)).hasSize(2);
    assertThat(REAL.find(room.resolve("f")).orElseThrow().size()).isZero();
    assertThat(files.trace()).hasSize(3);
  }

  @Test
  void aCrashFreesLocksAsTheKernelWould() throws IOException {
    var files = layer(FaultPlan.crashAfter(2));
    assertThat(files.tryLock(room.resolve("l"))).isPresent();
    assertThat(REAL.tryLock(room.resolve("l"))).isEmpty();
    assertThatThrownBy(() -> files.find(room)).isInstanceOf(SimulatedCrash.class);
    REAL.tryLock(room.resolve("l")).orElseThrow().close();
  }

  @Test
  void aLockThatIsTakenInTheMomentOfTheFaultIsFree() throws IOException {
    for (var plan :
        new FaultPlan[] {FaultPlan.crashAfter(1), FaultPlan.failAfter(1, Reason.INPUT_OUTPUT)}) {
      var files = layer(plan);
      assertThatThrownBy(() -> files.tryLock(room.resolve("l")))
          .isInstanceOfAny(SimulatedCrash.class, FileLayerException.class);
      REAL.tryLock(room.resolve("l")).orElseThrow().close();
    }
  }

  @Test
  void aCrashStrikesEvenIfTheOperationFailsByItself() {
    var files = layer(FaultPlan.crashAfter(1));
    assertThatThrownBy(() -> files.open(room.resolve("nothing")))
        .isInstanceOf(SimulatedCrash.class);
  }

  @Test
  void aCrashIsNoException() {
    var files = layer(FaultPlan.crashBefore(4));
    assertThatThrownBy(
            () -> {
              try {
                work(files);
              } catch (Exception swallowed) {
                throw new AssertionError("a crash must pass here", swallowed);
              }
            })
        .isInstanceOf(SimulatedCrash.class)
        .satisfies(
            // The file in the try-with-resources got its crash too.
            crash -> assertThat(crash.getSuppressed()).hasOnlyElementsOfType(SimulatedCrash.class))
        .satisfies(crash -> assertThat(crash.getSuppressed()).hasSize(1));
  }

  @Test
  void aFailedCloseHasClosedTheFile() throws IOException {
    var files = layer(FaultPlan.failBefore(2, Reason.INPUT_OUTPUT));
    var file = files.create(room.resolve("f"), 0600);
    assertThatThrownBy(file::close).isInstanceOf(FileLayerException.class);
    assertThatThrownBy(file::sync).isInstanceOf(IllegalStateException.class);
    file.close();
  }

  @Test
  void aFailedCloseHasFreedTheLock() throws IOException {
    var files = layer(FaultPlan.failBefore(2, Reason.INPUT_OUTPUT));
    var lock = files.tryLock(room.resolve("l")).orElseThrow();
    assertThatThrownBy(lock::close).isInstanceOf(FileLayerException.class);
    REAL.tryLock(room.resolve("l")).orElseThrow().close();
  }

  @Test
  void theDiskFillsUpAtTheVeryByte() throws IOException {
    for (long budget : new long[] {0, 1, 99, 100, 149, 150}) {
      var files = layer(FaultPlan.fullAfter(budget));
      var path = room.resolve("f" + budget);
      var file = files.create(path, 0600);
      boolean full = false;
      for (int i = 0; i < 3 && !full; i++) {
        try {
          file.write(ByteBuffer.allocate(50), 50L * i);
        } catch (FileLayerException refusal) {
          assertThat(refusal.reason()).isEqualTo(Reason.NO_SPACE);
          full = true;
        }
      }
      assertThat(full).isEqualTo(budget < 150);
      assertThat(REAL.find(path).orElseThrow().size()).isEqualTo(budget);
      if (full) {
        assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 0))
            .isInstanceOf(FileLayerException.class);
        file.write(ByteBuffer.allocate(0), 0);
      }
      file.close();
      assertThat(FileTrees.readAll(files, path, 1000)).hasSize((int) budget);
    }
  }

  @Test
  void senselessPlansAreIllegal() {
    assertThatThrownBy(() -> FaultPlan.crashBefore(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FaultPlan.fullAfter(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FaultPlan.crashBefore(1).forGood())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
