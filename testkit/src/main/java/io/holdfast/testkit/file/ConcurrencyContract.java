package io.holdfast.testkit.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many threads at once: each does its work unharmed, and of rivals exactly one wins. */
interface ConcurrencyContract extends FileLayerFixture {
  int THREADS = 8;

  /** A part of a test that is told its number. */
  @FunctionalInterface
  interface Numbered<T> {
    T run(int number) throws Exception;
  }

  private <T> List<T> together(Numbered<T> body) throws Exception {
    var barrier = new CyclicBarrier(THREADS);
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      var tasks = new ArrayList<Callable<T>>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        tasks.add(() -> {
          barrier.await();
          return body.run(number);
        });
      }
      var results = new ArrayList<T>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    }
  }

  private boolean wins(Callable<?> operation) throws Exception {
    try {
      operation.call();
      return true;
    } catch (FileLayerException refusal) {
      assertThat(refusal.reason()).isIn(Reason.ALREADY_EXISTS, Reason.NOT_FOUND);
      return false;
    }
  }

  @Test
  default void ofManyWhoMakeOneNameOneWins() throws Exception {
    for (int round = 0; round < 20; round++) {
      var file = at("file" + round);
      var directory = at("directory" + round);
      var moved = at("moved" + round);
      for (int i = 0; i < THREADS; i++) {
        write("from" + round + "-" + i, "" + i);
      }
      int number = round;
      assertThat(
              together(i ->
                  wins(() -> {
                    files().create(file, 0600).close();
                    return null;
                  })))
          .containsOnlyOnce(true);
      assertThat(
              together(i ->
                  wins(() -> {
                    files().createDirectory(directory, 0700);
                    return null;
                  })))
          .containsOnlyOnce(true);
      var winners =
          together(i ->
              wins(() -> {
                files().renameNew(at("from" + number + "-" + i), moved);
                return null;
              }));
      assertThat(winners).containsOnlyOnce(true);
      assertThat(content(moved)).isEqualTo("" + winners.indexOf(true));
    }
  }

  @Test
  default void ofManyWhoLockOneFileOneHoldsIt() throws Exception {
    for (int round = 0; round < 20; round++) {
      var locks = together(i -> files().tryLock(at("lock")));
      var held = locks.stream().flatMap(Optional::stream).toList();
      assertThat(held).hasSize(1);
      held.getFirst().close();
    }
  }

  @Test
  @DisplayName("a lock file that is deleted by its holder never gives two holders")
  default void deletingTheLockFileLetsNobodyElseIn() throws Exception {
    var inside = new AtomicInteger();
    together(i -> {
      for (int n = 0; n < 400; n++) {
        var lock = files().tryLock(at("lock"));
        if (lock.isPresent()) {
          assertThat(inside.incrementAndGet()).as("holders").isEqualTo(1);
          assertThat(files().find(at("lock"))).isPresent();
          inside.decrementAndGet();
          files().delete(at("lock"));
          lock.get().close();
        }
      }
      return true;
    });
  }

  @Test
  default void oneOpenFileServesManyReaders() throws Exception {
    var bytes = new byte[400_000];
    new Random(2).nextBytes(bytes);
    FileTrees.writeNew(files(), at("file"), bytes, 0600);
    try (var file = files().open(at("file"))) {
      together(i -> {
        var random = new Random(i);
        var target = i % 2 == 0 ? ByteBuffer.allocate(999) : ByteBuffer.allocateDirect(999);
        for (int n = 0; n < 500; n++) {
          int from = random.nextInt(bytes.length - 999);
          assertThat(file.read(target.clear(), from)).isEqualTo(999);
          assertThat(target.flip().mismatch(ByteBuffer.wrap(bytes, from, 999))).isEqualTo(-1);
          assertThat(file.nextData(from)).isEqualTo(from);
        }
        return true;
      });
    }
  }

  @Test
  default void threadsDoNotDisturbEachOther() throws Exception {
    together(i -> {
      var own = at("own" + i);
      files().createDirectory(own, 0700);
      for (int n = 0; n < 100; n++) {
        work(own.resolve("f" + n), (i + " " + n).getBytes(UTF_8));
      }
      assertThat(files().list(own)).hasSize(100);
      FileTrees.deleteTree(files(), own);
      return true;
    });
    assertThat(files().list(room())).isEmpty();
  }

  private void work(FilePath path, byte[] content) throws IOException {
    var temporary = path.withSuffix(".new");
    try (var file = files().create(temporary, 0600)) {
      file.write(ByteBuffer.wrap(content), 0);
      file.setModified(TimeContract.TIMES[content.length % TimeContract.TIMES.length]);
    }
    files().renameNew(temporary, path);
    assertThat(FileTrees.readAll(files(), path, 100)).isEqualTo(content);
    assertThat(files().find(temporary)).isEmpty();
    assertThat(files().find(path).orElseThrow().size()).isEqualTo(content.length);
  }
}
