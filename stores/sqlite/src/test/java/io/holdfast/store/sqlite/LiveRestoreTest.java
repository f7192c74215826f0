package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ForwardingFileLayer;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.TestRestoreContext;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application keeps its connection through all of this and never opens the database again. */
class LiveRestoreTest {
  @TempDir Path temporary;
  private Workbench bench;
  private Path database;
  private ComponentHandler handler;
  private TestDatabase application;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(temporary);
    database = bench.directory("live").resolve("app.db");
    handler = bench.handler(database, "restore", "live", "busy_timeout", "500ms");
    application = TestDatabase.open(database);
  }

  @AfterEach
  void stop() throws Exception {
    application.close();
  }

  private List<String> fill(String journalMode) throws Exception {
    application.run(
        "PRAGMA journal_mode = " + journalMode,
        "CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB)",
        "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 2000)"
            + " INSERT INTO t(v) SELECT randomblob(200) FROM n");
    return application.dump();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  @DisplayName("open connections see the restored content, and can write on")
  void seen(String journalMode) throws Exception {
    List<String> before = fill(journalMode);
    DirectorySink sink = bench.capture(handler);
    application.run("DROP TABLE t", "CREATE TABLE other(a)");
    bench.restore(handler, sink);
    assertThat(application.dump()).isEqualTo(before);
    application.run("INSERT INTO t(v) VALUES ('after')");
    assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(2001);
    assertThat(application.ask("PRAGMA integrity_check")).isEqualTo("ok");
    assertThat(application.ask("PRAGMA journal_mode")).isEqualTo(journalMode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  @DisplayName("another process that has it open sees the restored content")
  void seenElsewhere(String journalMode) throws Exception {
    fill(journalMode);
    DirectorySink sink = bench.capture(handler);
    application.run("DELETE FROM t WHERE id > 5");
    try (var other = ChildJvm.start(Asker.class, database.toString())) {
      assertThat(other.ask("SELECT count(*) FROM t")).isEqualTo("5");
      bench.restore(handler, sink);
      assertThat(other.ask("SELECT count(*) FROM t")).isEqualTo("2000");
      assertThat(other.ask("PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  /** Answers queries, one a line, over one connection. */
  static final class Asker {
    private Asker() {}

    public static void main(String[] arguments) throws Exception {
      try (TestDatabase database = TestDatabase.open(Path.of(arguments[0]))) {
        var lines =
            new java.io.BufferedReader(
                new java.io.InputStreamReader(System.in, java.nio.charset.StandardCharsets.UTF_8));
        for (String sql = lines.readLine(); sql != null; sql = lines.readLine()) {
          System.out.println(database.ask(sql));
        }
      }
    }
  }

  @Test
  @DisplayName("with a log, a reader keeps its view until it ends its transaction")
  void readerKeepsItsView() throws Exception {
    fill("wal");
    DirectorySink sink = bench.capture(handler);
    application.run("DELETE FROM t WHERE id > 5", "BEGIN");
    assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(5);
    bench.restore(handler, sink);
    assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(5);
    application.run("COMMIT");
    assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(2000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  @Tag("P4")
  @DisplayName(
      "P4: a writer that does not end makes the restore fail as busy, with nothing changed")
  void busy(String journalMode) throws Exception {
    fill(journalMode);
    DirectorySink sink = bench.capture(handler);
    application.run("DELETE FROM t WHERE id > 5");
    StagedRestore staged = handler.stage(sink.source(), bench.context());
    application.run("BEGIN IMMEDIATE", "INSERT INTO t(v) VALUES ('mine')");
    var failure = catchThrowableOfType(HoldfastException.class, staged::commit);
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_BUSY);
    application.run("COMMIT");
    staged.rollBack();
    assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(6);
    assertThat(Workbench.names(database.getParent()))
        .allMatch(name -> !name.contains(".holdfast-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  @Tag("P4")
  @DisplayName("P4: what was committed up to the restore's own commit is back after a roll back")
  void lateCommits(String journalMode) throws Exception {
    fill(journalMode);
    DirectorySink sink = bench.capture(handler);
    StagedRestore staged = handler.stage(sink.source(), bench.context());
    application.run("DELETE FROM t WHERE id > 7", "CREATE TABLE late(a)");
    List<String> before = application.dump();
    staged.commit();
    assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(2000);
    application.run("INSERT INTO t(v) VALUES ('on what was restored')");
    staged.rollBack();
    assertThat(application.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  @Tag("P4")
  @DisplayName("P4: nobody can commit between what is saved and what is replaced")
  void savedUnderTheLock(String journalMode) throws Exception {
    fill(journalMode);
    DirectorySink sink = bench.capture(handler);
    application.run("DELETE FROM t WHERE id > 7", "PRAGMA busy_timeout = 0");
    var refused = new AtomicReference<SQLException>();
    bench.files =
        new ForwardingFileLayer(bench.files) {
          @Override
          protected void before(String operation, FilePath path) {
            if (operation.equals("rename")) {
              // The old content is saved whole now, and not yet replaced.
              try {
                application.run("INSERT INTO t(v) VALUES ('squeezed in')");
              } catch (SQLException e) {
                refused.set(e);
              }
            }
          }
        };
    ComponentHandler watched = bench.handler(database, "restore", "live");
    watched.stage(sink.source(), bench.context()).commit();
    assertThat((Throwable) refused.get()).isNotNull().hasMessageContaining("locked");
    assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(2000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  @Tag("P4")
  @DisplayName("P4: a restore that is cancelled inside its transaction changes nothing")
  void cancelledInside(String journalMode) throws Exception {
    fill(journalMode);
    DirectorySink sink = bench.capture(handler);
    application.run("DELETE FROM t WHERE id > 7");
    List<String> before = application.dump();
    TestRestoreContext context = bench.context();
    bench.files =
        new ForwardingFileLayer(bench.files) {
          @Override
          protected void before(String operation, FilePath path) {
            if (operation.equals("rename")) {
              context.cancellation().cancel(Cancellation.Reason.CANCELLED);
            }
          }
        };
    ComponentHandler watched = bench.handler(database, "restore", "live");
    StagedRestore staged = watched.stage(sink.source(), context);
    var failure = catchThrowableOfType(HoldfastException.class, staged::commit);
    assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
    staged.rollBack();
    assertThat(application.dump()).isEqualTo(before);
  }

  @Test
  @DisplayName(
      "another page size is refused before anything is touched, or changed where it can be")
  void pageSize() throws Exception {
    Path small = bench.directory("small").resolve("app.db");
    DirectorySink sink;
    try (TestDatabase other = TestDatabase.open(small)) {
      other.run("PRAGMA page_size = 1024", "CREATE TABLE u(a)", "INSERT INTO u VALUES (1)");
      sink = bench.capture(bench.handler(small));
    }
    fill("wal");
    TestRestoreContext context = bench.context();
    var failure =
        catchThrowableOfType(HoldfastException.class, () -> handler.stage(sink.source(), context));
    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
    assertThat(failure.message()).contains("4096").contains("1024");
    assertThat(failure.guidance()).contains("restore: swap");

    application.run("PRAGMA journal_mode = DELETE");
    bench.restore(handler, sink);
    assertThat(application.number("SELECT a FROM u")).isEqualTo(1);
    assertThat(application.number("PRAGMA page_size")).isEqualTo(1024);
  }

  @Test
  @DisplayName("another text encoding is refused, since open connections cannot follow")
  void encoding() throws Exception {
    Path wide = bench.directory("wide").resolve("app.db");
    DirectorySink sink;
    try (TestDatabase other = TestDatabase.open(wide)) {
      other.run("PRAGMA encoding = 'UTF-16le'", "CREATE TABLE u(a)", "INSERT INTO u VALUES ('x')");
      sink = bench.capture(bench.handler(wide));
    }
    fill("delete");
    TestRestoreContext context = bench.context();
    var failure =
        catchThrowableOfType(HoldfastException.class, () -> handler.stage(sink.source(), context));
    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
  }

  @Test
  @DisplayName("a backup in the other journal mode leaves the mode of the live database")
  void journalModeStays() throws Exception {
    fill("wal");
    application.run("CREATE TABLE more(a)");
    List<String> before = application.dump();
    DirectorySink sink = bench.capture(handler);
    application.run("PRAGMA journal_mode = DELETE", "DROP TABLE more");
    bench.restore(handler, sink);
    assertThat(application.dump()).isEqualTo(before);
    assertThat(application.ask("PRAGMA journal_mode")).isEqualTo("delete");
  }

  @Test
  @DisplayName("a damaged live database is not restored under the application")
  void damagedLive() throws Exception {
    fill("delete");
    DirectorySink sink = bench.capture(handler);
    application.close();
    java.nio.file.Files.writeString(database, "rubbish ".repeat(1000));
    TestRestoreContext context = bench.context();
    var failure =
        catchThrowableOfType(HoldfastException.class, () -> handler.stage(sink.source(), context));
    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
    assertThat(failure.guidance()).contains("restore: swap");
    assertThat(Workbench.names(database.getParent())).containsExactly("app.db");
  }
}
