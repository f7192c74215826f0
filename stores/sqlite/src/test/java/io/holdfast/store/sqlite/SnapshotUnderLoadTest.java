package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.TestCaptureContext;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotUnderLoadTest {
  private static final int ROUNDS = Boolean.getBoolean("holdfast.campaign") ? 300 : 12;

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({"wal,backup", "wal,vacuum", "delete,backup"})
  @Tag("P7")
  @DisplayName("P7: under a busy writer a copy is one commit, and none that was acknowledged lacks")
  void copiesAreConsistent(String journalMode, String method) throws Exception {
    var bench = new Workbench(temporary);
    Path database = bench.directory("live").resolve("app.db");
    ComponentHandler handler = bench.handler(database, "method", method);
    var acknowledged = new AtomicLong();
    try (var writer = ChildJvm.start(CountingWriter.class, database.toString(), journalMode)) {
      assertThat(writer.line()).isEqualTo("1");
      Thread reader = Thread.ofVirtual().start(() -> follow(writer, acknowledged));
      long last = 0;
      for (int round = 0; round < ROUNDS; round++) {
        var sink = new DirectorySink(bench.directory("artifacts"));
        long before = acknowledged.get();
        try (Capture capture = handler.capture(new TestCaptureContext())) {
          capture.writeTo(sink);
        }
        last = Math.max(before, requireConsistent(sink, before, last));
      }
      writer.kill();
      reader.join();
    }
    assertThat(acknowledged).as("commits while copying").hasValueGreaterThan(ROUNDS);
  }

  private static void follow(ChildJvm writer, AtomicLong acknowledged) {
    try {
      for (String line = writer.line(); line != null; line = writer.line()) {
        acknowledged.set(Long.parseLong(line));
      }
    } catch (java.io.IOException | NumberFormatException e) {
      // The writer was killed in the middle of a line.
    }
  }

  private static long requireConsistent(DirectorySink sink, long before, long last)
      throws Exception {
    try (TestDatabase copy = TestDatabase.open(Workbench.copy(sink))) {
      assertThat(copy.ask("PRAGMA integrity_check")).isEqualTo("ok");
      long one = copy.number("SELECT max(n) FROM one");
      assertThat(copy.number("SELECT max(n) FROM two")).isEqualTo(one);
      assertThat(
              copy.number(
                  "SELECT count(*) FROM (SELECT n FROM one EXCEPT SELECT n FROM two)"
                      + " UNION ALL SELECT count(*) FROM (SELECT n FROM two EXCEPT SELECT n FROM one)"))
          .isZero();
      assertThat(one)
          .as("newest commit in the copy")
          .isGreaterThanOrEqualTo(Math.max(before, last));
      return one;
    }
  }
}
