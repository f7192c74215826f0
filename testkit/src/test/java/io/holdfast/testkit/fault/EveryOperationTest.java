package io.holdfast.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The use that the layer of faults is for: strike each operation of a whole piece of work. */
class EveryOperationTest {
  private static final FileLayer REAL = PosixFileLayer.create();
  private static final byte[] OLD = "the old content".getBytes(UTF_8);
  private static final byte[] NEW = "the new content, which is longer".getBytes(UTF_8);

  @TempDir Path directory;
  private FilePath room;
  private FilePath file;

  @BeforeEach
  void name() {
    room = FilePath.of(directory);
    file = room.resolve("file");
  }

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

  @ParameterizedTest
  @MethodSource("plans")
  @DisplayName("a file is replaced as a whole or not at all, whatever operation is struck")
  void replacingIsAllOrNothing(LongFunction<FaultPlan> plan) throws IOException {
    long struck = 0;
    for (long k = 1; ; k++) {
      FileTrees.replaceAtomically(REAL, file, OLD, 0600);
      var files = new FaultFileLayer(REAL, plan.apply(k));
      boolean done = attempt(() -> FileTrees.replaceAtomically(files, file, NEW, 0600));
      byte[] content = FileTrees.readAll(REAL, file, 100);
      assertThat(content).as("%s", files.trace()).isIn(OLD, NEW);
      if (done) {
        assertThat(content).isEqualTo(NEW);
      }
      if (!files.struck()) {
        break;
      }
      struck++;
      assertThatCode(() -> FileTrees.replaceAtomically(REAL, file, NEW, 0600))
          .doesNotThrowAnyException();
      assertThat(REAL.list(room)).as("%s", files.trace()).hasSize(1);
    }
    assertThat(struck).isEqualTo(7);
  }

  @ParameterizedTest
  @MethodSource("plans")
  @DisplayName("a deletion that was struck anywhere is finished by repeating it")
  void deletingIsRepeatable(LongFunction<FaultPlan> plan) throws IOException {
    var tree = room.resolve("tree");
    for (long k = 1; ; k++) {
      FileTrees.createDirectories(REAL, tree.resolve("a/b"), 0700);
      FileTrees.writeNew(REAL, tree.resolve("a/b/f"), OLD, 0600);
      REAL.createSymlink(tree.resolve("a/l"), new byte[] {'/'});
      REAL.setMode(tree.resolve("a/b"), 0);
      var files = new FaultFileLayer(REAL, plan.apply(k));
      attempt(() -> FileTrees.deleteTree(files, tree));
      FileTrees.deleteTree(REAL, tree);
      assertThat(REAL.list(room)).isEmpty();
      if (!files.struck()) {
        assertThat(k).isGreaterThan(10);
        break;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  void noFaultLeavesADescriptorOpen(LongFunction<FaultPlan> plan) throws IOException {
    replacingIsAllOrNothing(plan);
    int before = openDescriptors();
    for (int i = 0; i < 4; i++) {
      replacingIsAllOrNothing(plan);
    }
    assertThat(openDescriptors()).isLessThan(before + 4);
  }

  private static int openDescriptors() throws IOException {
    return REAL.list(FilePath.of("/proc/self/fd")).size();
  }

  @Test
  @DisplayName("when the first thread meets the crash, no other is still writing")
  void aCrashStopsAllThreadsAtOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      var place = room.resolve("round" + round);
      REAL.createDirectory(place, 0700);
      var files = new FaultFileLayer(REAL, FaultPlan.crashAfter(200));
      var start = new CountDownLatch(1);
      var seen = new ArrayList<Future<List<String>>>();
      try (var pool = Executors.newFixedThreadPool(6)) {
        for (int t = 0; t < 6; t++) {
          var prefix = t + "-";
          seen.add(
              pool.submit(() -> {
                start.await();
                return writeUntilCrash(files, place, prefix);
              }));
        }
        start.countDown();
      }
      for (var atCrash : seen) {
        assertThat(atCrash.get()).isEqualTo(disk(place));
      }
    }
  }

  /** What is on the disk in the moment in which this thread learns of the crash. */
  private static List<String> writeUntilCrash(FileLayer files, FilePath place, String prefix)
      throws IOException {
    try {
      for (int i = 0; ; i++) {
        try (var file = files.create(place.resolve(prefix + i), 0600)) {
          file.write(ByteBuffer.allocate(10), 0);
        }
      }
    } catch (SimulatedCrash crash) {
      return disk(place);
    }
  }

  private static List<String> disk(FilePath place) throws IOException {
    var all = new ArrayList<String>();
    for (byte[] name : REAL.list(place)) {
      // Not the bytes on disk: the kernel allocates them when it writes back, long after.
      var stat = REAL.find(place.resolve(name)).orElseThrow();
      all.add(FilePath.display(name) + " " + stat.size() + " " + stat.changed());
    }
    return all;
  }

  /** Something that may be struck. */
  private interface Work {
    void run() throws IOException;
  }

  private static boolean attempt(Work work) throws IOException {
    try {
      work.run();
      return true;
    } catch (SimulatedCrash | FileLayerException struck) {
      return false;
    }
  }
}
