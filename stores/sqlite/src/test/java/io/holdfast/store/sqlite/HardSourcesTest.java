package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.TestCaptureContext;
import io.holdfast.testkit.handler.TestRestoreContext;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that are not what one hopes for. */
class HardSourcesTest {
  @TempDir Path temporary;
  private Workbench bench;
  private Path database;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(temporary);
    database = bench.directory("live").resolve("app.db");
  }

  private static void fill(Path file) throws Exception {
    try (TestDatabase application = TestDatabase.open(file)) {
      application.run(
          "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
          "CREATE INDEX i ON t(v)",
          "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 3000)"
              + " INSERT INTO t(v) SELECT hex(randomblob(30)) FROM n");
    }
  }

  private HoldfastException failure(ComponentHandler handler) {
    HoldfastException failure =
        catchThrowableOfType(HoldfastException.class, () -> bench.capture(handler));
    assertThat(failure).isNotNull();
    assertThat(failure.guidance()).isNotEmpty();
    return failure;
  }

  private static void assertInspected(ComponentHandler handler, Finding.Severity severity)
      throws Exception {
    assertThat(handler.inspect()).extracting(Finding::severity).contains(severity);
  }

  @Test
  @DisplayName("text is no database")
  void text() throws Exception {
    Files.writeString(database, "once upon a time\n".repeat(1000));
    HoldfastException failure = failure(bench.handler(database));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_INVALID);
    assertThat(failure.message())
        .contains("encrypted or not a database")
        .contains(database.toString());
    assertInspected(bench.handler(database), Finding.Severity.ERROR);
  }

  @Test
  @DisplayName("an encrypted database looks like noise, and is refused as such")
  void encrypted() throws Exception {
    var bytes = new byte[64 << 10];
    new Random(1).nextBytes(bytes);
    Files.write(database, bytes);
    HoldfastException failure = failure(bench.handler(database));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_INVALID);
    assertThat(failure.guidance()).contains("SQLCipher");
  }

  @Test
  @DisplayName("a directory is no database")
  void directory() throws Exception {
    Files.createDirectory(database);
    assertThat(failure(bench.handler(database)).code()).isEqualTo(ErrorCode.SOURCE_INVALID);
  }

  @Test
  @DisplayName("a link that leads to nothing is a missing database, and nothing is created")
  void danglingLink() throws Exception {
    Files.createSymbolicLink(database, Path.of("nowhere.db"));
    assertThat(failure(bench.handler(database)).code()).isEqualTo(ErrorCode.SOURCE_MISSING);
    assertThat(Workbench.names(database.getParent())).containsExactly("app.db");
  }

  @Test
  @DisplayName("links that lead in a circle are refused")
  void circle() throws Exception {
    Files.createSymbolicLink(database, database);
    assertThat(failure(bench.handler(database)).code()).isEqualTo(ErrorCode.SOURCE_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "vacuum"})
  @DisplayName("a damaged database is refused, with what SQLite said")
  void damaged(String method) throws Exception {
    fill(database);
    overwrite(database, Files.size(database) / 2, 8192);
    HoldfastException failure = failure(bench.handler(database, "method", method));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CORRUPT);
  }

  @Test
  @DisplayName("an index that lacks a row is found by the full check, and not by the quick one")
  void indexLacksARow() throws Exception {
    fill(database);
    try (TestDatabase application = TestDatabase.open(database)) {
      application.run(
          "PRAGMA writable_schema = ON",
          "UPDATE sqlite_schema SET sql = 'CREATE INDEX i ON t(length(v) || id)' WHERE name = 'i'");
    }
    HoldfastException failure = failure(bench.handler(database));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CORRUPT);
    assertThat(failure.message()).contains("missing from index i");
    bench.capture(bench.handler(database, "integrity_check", "quick"));
  }

  @Test
  @DisplayName("a database that was cut is refused")
  void cut() throws Exception {
    fill(database);
    try (var file = new RandomAccessFile(database.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    assertThat(failure(bench.handler(database)).code()).isEqualTo(ErrorCode.SOURCE_CORRUPT);
  }

  private static void overwrite(Path file, long position, int length) throws Exception {
    var noise = new byte[length];
    new Random(2).nextBytes(noise);
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(position);
      access.write(noise);
    }
  }

  @Test
  @DisplayName("a database that is locked for longer than busy_timeout is busy")
  void locked() throws Exception {
    fill(database);
    try (TestDatabase application = TestDatabase.open(database)) {
      application.run("BEGIN EXCLUSIVE", "DELETE FROM t");
      HoldfastException failure = failure(bench.handler(database, "busy_timeout", "200ms"));
      assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_BUSY);
      assertThat(failure.guidance()).contains("busy_timeout");
      assertInspected(bench.handler(database), Finding.Severity.WARNING);
      application.run("ROLLBACK");
    }
    bench.capture(bench.handler(database, "busy_timeout", "200ms"));
  }

  @Test
  @DisplayName("a file without a byte is an empty database, and comes back as one")
  void empty() throws Exception {
    Files.createFile(database);
    ComponentHandler handler = bench.handler(database);
    DirectorySink sink = bench.capture(handler);
    assertThat(sink.artifacts().getFirst().checks())
        .extracting(CheckResult::name)
        .contains(CheckResult.EMPTY_IS_LEGITIMATE);
    Files.delete(database);
    bench.restore(handler, sink);
    assertThat(database).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space.db",
        "100%.db",
        "what?.db",
        "a#b.db",
        "it's \"quoted\".db",
        "Größe.db",
        "a&mode=memory.db",
        "file:x.db",
        "-dash",
        "weiß\n.db",
        "%41.db",
        ":memory:",
      })
  @DisplayName("names that mean something to SQLite, to shells or to nobody")
  void names(String name) throws Exception {
    FilePath file = FilePath.of(bench.directory("odd")).resolve(name);
    try (TestDatabase application = TestDatabase.open(file)) {
      application.run("PRAGMA journal_mode = wal", "CREATE TABLE t(a)", "INSERT INTO t VALUES (1)");
      ComponentHandler handler = bench.handler(file);
      DirectorySink sink = bench.capture(handler);
      List<String> before = application.dump();
      assertThat(Workbench.dumpOfCopy(sink)).isEqualTo(before);
      application.close();
      bench.restore(handler, sink);
      try (TestDatabase restored = TestDatabase.open(file)) {
        assertThat(restored.dump()).isEqualTo(before);
      }
      bench.restore(bench.handler(file, "restore", "live"), sink);
    }
    assertThat(bench.files.list(file.parent()))
        .extracting(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .containsExactly(name);
  }

  @Test
  @DisplayName("a violated foreign key is a warning")
  void foreignKeys() throws Exception {
    try (TestDatabase application = TestDatabase.open(database)) {
      application.run(
          "CREATE TABLE parent(id INTEGER PRIMARY KEY)",
          "CREATE TABLE child(parent INT REFERENCES parent(id))",
          "INSERT INTO child VALUES (5)");
    }
    var context = new TestCaptureContext();
    bench.capture(bench.handler(database), context);
    assertThat(context.warnings()).anyMatch(warning -> warning.contains("table child"));
  }

  @Test
  @DisplayName("a cancelled transfer ends soon and leaves no artifact")
  void cancelled() throws Exception {
    fill(database);
    var context = new TestCaptureContext();
    var sink = new DirectorySink(bench.directory("artifacts"));
    try (Capture capture = bench.handler(database).capture(context)) {
      context.cancellation().cancel(Cancellation.Reason.TIMEOUT);
      HoldfastException failure =
          catchThrowableOfType(HoldfastException.class, () -> capture.writeTo(sink));
      assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
    }
    assertThat(sink.artifacts()).isEmpty();
  }

  // ------------------------------------------------------------- the wreck before a restore

  @Test
  @DisplayName("a wreck is saved byte for byte before it is replaced, and can be put back")
  void wreck() throws Exception {
    fill(database);
    ComponentHandler handler = bench.handler(database);
    DirectorySink good = bench.capture(handler);
    List<String> before = Workbench.dump(database);
    overwrite(database, 0, 5000);
    Files.writeString(Path.of(database + "-journal"), "what is left of a journal");
    byte[] wreck = Files.readAllBytes(database);

    var context = Workbench.safety();
    DirectorySink saved = bench.capture(handler, context);
    assertThat(context.warnings()).anyMatch(warning -> warning.contains("saved as they are"));
    assertThat(saved.artifacts())
        .extracting(artifact -> artifact.name())
        .containsExactly("wreck-app.db", "wreck-app.db-journal", ArtifactNames.NOTE);

    bench.restore(handler, good);
    assertThat(Workbench.dump(database)).isEqualTo(before);
    assertThat(Workbench.names(database.getParent())).containsExactly("app.db");

    bench.restore(handler, saved);
    assertThat(Files.readAllBytes(database)).isEqualTo(wreck);
    assertThat(Path.of(database + "-journal")).hasContent("what is left of a journal");
  }

  @Test
  @DisplayName("damage that only the check finds makes a wreck, too")
  void subtleWreck() throws Exception {
    fill(database);
    overwrite(database, Files.size(database) / 2, 8192);
    byte[] bytes = Files.readAllBytes(database);
    DirectorySink saved = bench.capture(bench.handler(database), Workbench.safety());
    assertThat(saved.artifacts().getFirst().name()).isEqualTo("wreck-app.db");
    FilePath copy = Workbench.copy(saved);
    assertThat(Files.readAllBytes(Path.of(copy.toString()))).isEqualTo(bytes);
  }

  @Test
  @DisplayName("a wreck cannot be restored live")
  void wreckLive() throws Exception {
    Files.writeString(database, "rubbish");
    DirectorySink saved = bench.capture(bench.handler(database), Workbench.safety());
    Files.delete(database);
    fill(database);
    TestRestoreContext context = bench.context();
    HoldfastException failure =
        catchThrowableOfType(
            HoldfastException.class,
            () -> bench.handler(database, "restore", "live").stage(saved.source(), context));
    assertThat(failure.code()).isEqualTo(ErrorCode.BACKUP_UNSUITABLE);
  }
}
