package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.Change.Action;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.TestRestoreContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwapRestoreTest {
  @TempDir Path temporary;
  private Workbench bench;
  private Path database;
  private ComponentHandler handler;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(temporary);
    database = bench.directory("live").resolve("app.db");
    handler = bench.handler(database);
  }

  private List<String> fill(String journalMode) throws Exception {
    try (TestDatabase application = TestDatabase.open(database)) {
      application.run(
          "PRAGMA journal_mode = " + journalMode,
          "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
          "INSERT INTO t(v) VALUES ('a'), ('b'), ('c')",
          "CREATE TABLE same(a)",
          "INSERT INTO same VALUES (1)");
      return application.dump();
    }
  }

  private HoldfastException refusal(DirectorySink sink) throws Exception {
    TestRestoreContext context = bench.context();
    var failure =
        catchThrowableOfType(HoldfastException.class, () -> handler.stage(sink.source(), context));
    assertThat(failure).isNotNull();
    assertThat(context.records()).as("nothing was begun").isEmpty();
    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
    assertThat(failure.guidance()).contains("restore: live");
    return failure;
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  @DisplayName("a database that this process has open is not swapped")
  void openHere(String journalMode) throws Exception {
    fill(journalMode);
    DirectorySink sink = bench.capture(handler);
    try (TestDatabase application = TestDatabase.open(database)) {
      assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(3);
      assertThat(refusal(sink).message()).contains("this one");
    }
    bench.restore(handler, sink);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  @DisplayName("a database that lies idle in another process is not swapped")
  void openElsewhere(String journalMode) throws Exception {
    fill(journalMode);
    DirectorySink sink = bench.capture(handler);
    try (var other = ChildJvm.start(IdleHolder.class, database.toString())) {
      assertThat(other.line()).isEqualTo("open");
      assertThat(refusal(sink).message()).contains("(java)");
    }
    bench.restore(handler, sink);
  }

  /** Opens a database, reads it once, and keeps the connection. */
  static final class IdleHolder {
    private IdleHolder() {}

    public static void main(String[] arguments) throws Exception {
      try (TestDatabase database = TestDatabase.open(Path.of(arguments[0]))) {
        database.ask("SELECT count(*) FROM sqlite_schema");
        System.out.println("open");
        System.in.read();
      }
    }
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: a database that is opened between stage and commit is not swapped either")
  void openedMeanwhile() throws Exception {
    List<String> before = fill("delete");
    DirectorySink sink = bench.capture(handler);
    StagedRestore staged = handler.stage(sink.source(), bench.context());
    try (TestDatabase application = TestDatabase.open(database)) {
      application.run("INSERT INTO t(v) VALUES ('late')");
      var failure = catchThrowableOfType(HoldfastException.class, staged::commit);
      assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
      staged.rollBack();
      assertThat(application.dump()).isNotEqualTo(before);
      assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(4);
    }
    assertThat(Workbench.names(database.getParent())).containsExactly("app.db");
  }

  @Test
  @DisplayName("a log of the old database never meets the new one")
  void oldLog() throws Exception {
    List<String> before = fill("wal");
    DirectorySink sink = bench.capture(handler);
    Path crashed = bench.directory("crashed").resolve("app.db");
    try (TestDatabase application = TestDatabase.open(database)) {
      application.run(
          "PRAGMA wal_autocheckpoint = 0", "UPDATE t SET v = 'newer'", "DELETE FROM same");
      Files.copy(database, crashed);
      Files.copy(Path.of(database + "-wal"), Path.of(crashed + "-wal"));
      Files.copy(Path.of(database + "-shm"), Path.of(crashed + "-shm"));
    }
    ComponentHandler other = bench.handler(crashed);
    byte[] log = Files.readAllBytes(Path.of(crashed + "-wal"));
    StagedRestore undone = other.stage(sink.source(), bench.context());
    assertThat(undone.changes()).isNotEmpty();
    undone.commit();
    assertThat(Workbench.dump(crashed)).isEqualTo(before);
    undone.rollBack();
    assertThat(Files.readAllBytes(Path.of(crashed + "-wal"))).isEqualTo(log);

    bench.restore(other, sink);
    assertThat(Workbench.names(crashed.getParent())).containsExactly("app.db");
    assertThat(Workbench.dump(crashed)).isEqualTo(before);
  }

  @Test
  @DisplayName("the target of a symbolic link is replaced, and the link stays")
  void symbolicLink() throws Exception {
    List<String> before = fill("wal");
    Path link = bench.directory("links").resolve("link.db");
    Files.createSymbolicLink(link, Path.of("..").resolve(temporary.relativize(database)));
    ComponentHandler linked = bench.handler(link);
    assertThat(linked.places())
        .map(Object::toString)
        .contains(link.toString(), database.toString());
    DirectorySink sink = bench.capture(linked);
    try (TestDatabase application = TestDatabase.open(database)) {
      application.run("DELETE FROM t");
    }
    bench.restore(linked, sink);
    assertThat(link).isSymbolicLink();
    assertThat(Workbench.dump(database)).isEqualTo(before);

    Files.delete(database);
    bench.restore(linked, sink);
    assertThat(link).isSymbolicLink();
    assertThat(Workbench.dump(database)).isEqualTo(before);
    assertThat(Workbench.names(link.getParent())).containsExactly("link.db");
  }

  @Test
  @DisplayName("a second name of the file is warned of")
  void hardLink() throws Exception {
    fill("delete");
    DirectorySink sink = bench.capture(handler);
    Files.createLink(database.resolveSibling("second.db"), database);
    TestRestoreContext context = bench.context();
    handler.stage(sink.source(), context).rollBack();
    assertThat(context.warnings()).anyMatch(warning -> warning.contains("hard link"));
    assertThat(handler.inspect()).anyMatch(finding -> finding.guidance().contains("symbolic link"));
  }

  @Test
  @DisplayName("mode and owner of the live file are kept; a lost file gets those of the backup")
  void modeAndOwner() throws Exception {
    fill("delete");
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r-----"));
    DirectorySink sink = bench.capture(handler);
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-rw-r--"));
    bench.restore(handler, sink);
    assertThat(permissions()).isEqualTo("rw-rw-r--");
    Files.delete(database);
    bench.restore(handler, sink);
    assertThat(permissions()).isEqualTo("rw-r-----");
  }

  private String permissions() throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(database));
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: lost directories above the database are made again, and gone after a roll back")
  void lostDirectories() throws Exception {
    Path deep = bench.directory("deep");
    database = deep.resolve("a/b/c/app.db");
    Files.createDirectories(database.getParent());
    handler = bench.handler(database);
    List<String> before = fill("wal");
    DirectorySink sink = bench.capture(handler);
    for (String gone : List.of("a/b/c/app.db", "a/b/c", "a/b", "a")) {
      Files.delete(deep.resolve(gone));
    }
    TestRestoreContext context = bench.context();
    StagedRestore staged = handler.stage(sink.source(), context);
    staged.commit();
    // Only looked at: what is opened is worked on, and would be kept beside the target.
    assertThat(database).isNotEmptyFile();
    staged.rollBack();
    context.removeCreated();
    assertThat(deep).isEmptyDirectory();
    bench.restore(handler, sink);
    assertThat(Workbench.dump(database)).isEqualTo(before);
  }

  @Test
  @DisplayName("a dry run tells tables that gain, lose, come, go and stay")
  void changes() throws Exception {
    fill("delete");
    try (TestDatabase application = TestDatabase.open(database)) {
      application.run(
          "CREATE TABLE lost(a)", "INSERT INTO lost VALUES (1), (2)", "CREATE INDEX old ON t(v)");
    }
    DirectorySink sink = bench.capture(handler);
    try (TestDatabase application = TestDatabase.open(database)) {
      application.run(
          "DROP TABLE lost",
          "DROP INDEX old",
          "CREATE TABLE added(a)",
          "INSERT INTO t(v) VALUES ('d')",
          "ALTER TABLE same ADD COLUMN b");
    }
    StagedRestore staged = handler.stage(sink.source(), bench.context());
    assertThat(staged.changes())
        .contains(
            new Change(Action.REMOVE, "table added", "0 rows"),
            new Change(Action.CREATE, "table lost", "2 rows"),
            new Change(Action.REPLACE, "table t", "4 -> 3 rows"),
            new Change(Action.CREATE, "index old", "schema"),
            new Change(Action.REPLACE, "table same", "schema differs"));
    staged.rollBack();
  }

  @Test
  @DisplayName("something else in the place of the database is not replaced")
  void directoryInItsPlace() throws Exception {
    fill("delete");
    DirectorySink sink = bench.capture(handler);
    Files.delete(database);
    Files.createDirectory(database);
    TestRestoreContext context = bench.context();
    var failure =
        catchThrowableOfType(HoldfastException.class, () -> handler.stage(sink.source(), context));
    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
  }
}
