package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ForwardingFileLayer;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.TestCaptureContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The copy is what the read transaction sees, whatever SQLite does to the files meanwhile. */
class SnapshotTest {
  @TempDir Path temporary;
  private Workbench bench;
  private Path database;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(temporary);
    database = bench.directory("live").resolve("app.db");
  }

  private TestDatabase filled(String journalMode) throws Exception {
    TestDatabase application = TestDatabase.open(database);
    application.run(
        "PRAGMA journal_mode = " + journalMode,
        "PRAGMA wal_autocheckpoint = 0",
        "CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB)");
    return application.run(insert(500), "PRAGMA user_version = 3");
  }

  private static String insert(int rows) {
    return "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < "
        + rows
        + ") INSERT INTO t(v) SELECT randomblob(300) FROM n";
  }

  private void assertCopied(List<String> expected, Snapshot snapshot, boolean fromFiles)
      throws Exception {
    FilePath copy = FilePath.of(bench.directory("copy").resolve("copy.db"));
    assertThat(snapshot.copyTo(copy)).as("read from the files").isEqualTo(fromFiles);
    try (TestDatabase opened = TestDatabase.open(copy)) {
      assertThat(opened.ask("PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(opened.dump()).isEqualTo(expected);
    }
  }

  private Snapshot pin() throws Exception {
    var settings =
        new SqliteSettings(
            FilePath.of(database),
            SqliteSettings.Method.BACKUP,
            SqliteSettings.Restore.SWAP,
            Duration.ofSeconds(5),
            SqliteSettings.IntegrityCheck.FULL);
    return Snapshot.pin(
        bench.files, new DatabaseFile(FilePath.of(database)), settings, true, new Cancellation());
  }

  @Test
  @DisplayName("commits that lie in the log only are in the copy")
  void readsTheLog() throws Exception {
    try (TestDatabase application = filled("wal")) {
      assertThat(Files.size(database)).as("nothing was checkpointed").isLessThan(8192);
      try (Snapshot snapshot = pin()) {
        assertCopied(application.dump(), snapshot, true);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PASSIVE", "FULL", "RESTART", "TRUNCATE"})
  @DisplayName("commits and checkpoints after the pin do not show")
  void checkpointsAfterThePin(String checkpoint) throws Exception {
    try (TestDatabase application = filled("wal")) {
      List<String> before = application.dump();
      try (Snapshot snapshot = pin()) {
        application.run(
            "PRAGMA busy_timeout = 10",
            "UPDATE t SET v = randomblob(300) WHERE id % 2 = 0",
            "PRAGMA wal_checkpoint(" + checkpoint + ")",
            "DELETE FROM t WHERE id > 100",
            insert(900),
            "PRAGMA wal_checkpoint(" + checkpoint + ")");
        assertCopied(before, snapshot, true);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PASSIVE", "TRUNCATE"})
  @DisplayName("a log that was wholly moved into the database may be begun anew under the pin")
  void logBegunAnew(String checkpoint) throws Exception {
    try (TestDatabase application = filled("wal")) {
      application.run("PRAGMA wal_checkpoint(" + checkpoint + ")");
      List<String> before = application.dump();
      try (Snapshot snapshot = pin()) {
        application.run(
            "UPDATE t SET v = randomblob(300)",
            insert(700),
            "PRAGMA busy_timeout = 10",
            "PRAGMA wal_checkpoint(TRUNCATE)");
        assertCopied(before, snapshot, true);
      }
    }
  }

  @Test
  @DisplayName("a log that was begun anew under the reader's hands is not used")
  void logOverwritten() throws Exception {
    try (TestDatabase application = filled("wal")) {
      application.run("PRAGMA wal_checkpoint(PASSIVE)", "DELETE FROM t WHERE id > 400");
      List<String> before = application.dump();
      try (Snapshot snapshot = pin()) {
        // What the kernel would show if the log had been begun anew: another head, other salts.
        Path log = Path.of(database + "-wal");
        byte[] bytes = Files.readAllBytes(log);
        byte[] other = bytes.clone();
        other[16] ^= 1;
        Files.write(log, other);
        FilePath copy = FilePath.of(bench.directory("copy").resolve("copy.db"));
        assertThat(snapshot.copyTo(copy)).as("read from the files").isFalse();
        Files.write(log, bytes);
        try (TestDatabase opened = TestDatabase.open(copy)) {
          assertThat(opened.dump()).isEqualTo(before);
        }
      }
    }
  }

  @Test
  @DisplayName("a copy through SQLite is the same, where there is no other process to read with")
  void copiesThroughSqlite() throws Exception {
    bench.files =
        new ForwardingFileLayer(bench.files) {
          @Override
          public Optional<FileStat> find(FilePath path) throws java.io.IOException {
            return path.toString().endsWith("/cat") ? Optional.empty() : super.find(path);
          }
        };
    try (TestDatabase application = filled("wal")) {
      List<String> before = application.dump();
      try (Snapshot snapshot = pin()) {
        application.run("DELETE FROM t", insert(20), "PRAGMA wal_checkpoint(PASSIVE)");
        assertCopied(before, snapshot, false);
      }
    }
  }

  @Test
  @DisplayName("both ways give the same bytes, but for the counters on the first page")
  void bothWaysAgree() throws Exception {
    try (TestDatabase application = filled("wal")) {
      application.run("PRAGMA wal_checkpoint(PASSIVE)", "UPDATE t SET v = zeroblob(2000)");
      FilePath fast = FilePath.of(bench.directory("copy").resolve("fast.db"));
      Path slow = bench.directory("copy").resolve("slow.db");
      try (Snapshot snapshot = pin()) {
        snapshot.copyTo(fast);
      }
      application.run("VACUUM main INTO '" + temporary.resolve("unused.db") + "'");
      try (Database source =
          Database.open(
              new Subject(Subject.Role.SOURCE, FilePath.of(database)),
              Database.Access.READ,
              Duration.ofSeconds(5),
              new Cancellation())) {
        source.backupTo(new Subject(Subject.Role.COPY, FilePath.of(slow)));
      }
      byte[] one = Files.readAllBytes(Path.of(fast.toString()));
      byte[] two = Files.readAllBytes(slow);
      assertThat(one).hasSameSizeAs(two);
      assertThat(java.util.Arrays.mismatch(one, 4096, one.length, two, 4096, two.length))
          .isEqualTo(-1);
    }
  }

  @Test
  @DisplayName("a crashed writer's log is recovered, and the database is not written")
  void recoversALog() throws Exception {
    Path crashed = bench.directory("crashed").resolve("app.db");
    List<String> before;
    try (TestDatabase application = filled("wal")) {
      before = application.dump();
      Files.copy(database, crashed);
      Files.copy(Path.of(database + "-wal"), Path.of(crashed + "-wal"));
    }
    byte[] bytes = Files.readAllBytes(crashed);
    byte[] log = Files.readAllBytes(Path.of(crashed + "-wal"));
    DirectorySink sink = bench.capture(bench.handler(crashed));
    assertThat(Workbench.dumpOfCopy(sink)).isEqualTo(before);
    assertThat(Files.readAllBytes(crashed)).isEqualTo(bytes);
    assertThat(Files.readAllBytes(Path.of(crashed + "-wal"))).isEqualTo(log);
  }

  @Test
  @DisplayName("a crashed writer's transaction is rolled back from its journal")
  void recoversAJournal() throws Exception {
    Path crashed = bench.directory("crashed").resolve("app.db");
    List<String> before;
    try (TestDatabase application = filled("delete")) {
      before = application.dump();
      application.run(
          "PRAGMA cache_size = 1",
          "PRAGMA cache_spill = 1",
          "BEGIN",
          "UPDATE t SET v = zeroblob(300)");
      Files.copy(database, crashed);
      Files.copy(Path.of(database + "-journal"), Path.of(crashed + "-journal"));
      application.run("ROLLBACK");
    }
    DirectorySink sink = bench.capture(bench.handler(crashed));
    assertThat(Workbench.dumpOfCopy(sink)).isEqualTo(before);
  }

  @Test
  @DisplayName("with a rollback journal a writer waits until the copy is made")
  void writersWaitWithARollbackJournal() throws Exception {
    try (TestDatabase application = filled("delete")) {
      List<String> before = application.dump();
      ComponentHandler handler = bench.handler(database);
      var sink = new DirectorySink(bench.directory("artifacts"));
      CompletableFuture<Void> write;
      try (Capture capture = handler.capture(new TestCaptureContext())) {
        write =
            CompletableFuture.runAsync(() -> {
              try {
                application.run("PRAGMA busy_timeout = 60000", "DELETE FROM t WHERE id > 10");
              } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
              }
            });
        capture.writeTo(sink);
      }
      write.get(60, TimeUnit.SECONDS);
      assertThat(Workbench.dumpOfCopy(sink)).isEqualTo(before);
      assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(10);
    }
  }

  @Test
  @DisplayName("locks that the application holds in this very process survive a capture")
  void locksSurvive() throws Exception {
    try (TestDatabase application = filled("delete")) {
      application.run("BEGIN", "SELECT count(*) FROM t");
      assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(500);
      bench.capture(bench.handler(database));
      // Another process must still find the database locked by the reader's transaction.
      Process other =
          new ProcessBuilder("sqlite3", database.toString(), "DELETE FROM t")
              .redirectErrorStream(true)
              .start();
      String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(other.waitFor()).as(said).isNotZero();
      assertThat(said).contains("locked");
      application.run("COMMIT");
    }
  }
}
