package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.testkit.handler.DirectorySink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a database can be made of survives a backup and a restore. */
class DatabaseFeaturesTest {
  @TempDir Path temporary;

  static Stream<Arguments> cases() {
    List<String> databases = new ArrayList<>();
    for (int size = 512; size <= 65_536; size *= 2) {
      databases.add("PRAGMA page_size = " + size);
    }
    databases.add("PRAGMA encoding = 'UTF-16le'");
    databases.add("PRAGMA encoding = 'UTF-16be'");
    databases.add("PRAGMA auto_vacuum = FULL");
    databases.add("PRAGMA auto_vacuum = INCREMENTAL");
    databases.add("PRAGMA application_id = 4711");
    // Each database in one combination of modes, and all four combinations in turn.
    String[][] modes = {{"wal", "swap"}, {"delete", "live"}, {"wal", "live"}, {"delete", "swap"}};
    return IntStream.range(0, databases.size())
        .boxed()
        .flatMap(i ->
            IntStream.of(i, i + 1)
                .mapToObj(m -> arguments(databases.get(i), modes[m % 4][0], modes[m % 4][1])));
  }

  private static final String[] CONTENT = {
    "CREATE TABLE plain(id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT, b BLOB, r REAL)",
    "CREATE TABLE keyed(k TEXT PRIMARY KEY, v INT) WITHOUT ROWID",
    "CREATE TABLE counted(a INT, b INT, s INT GENERATED ALWAYS AS (a + b) STORED,"
        + " v INT GENERATED ALWAYS AS (a * b) VIRTUAL)",
    "CREATE VIRTUAL TABLE search USING fts5(body)",
    "CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1)",
    "CREATE TABLE log(what TEXT)",
    "CREATE TRIGGER logged AFTER INSERT ON plain BEGIN INSERT INTO log VALUES ('new ' || new.id); END",
    "CREATE VIEW seen AS SELECT t FROM plain",
    "CREATE INDEX partly ON plain(t) WHERE r > 2",
    "CREATE INDEX computed ON plain(length(b))",
    "CREATE TABLE \"od\"\"d näme\"(\"sel\"\"ect\" TEXT COLLATE NOCASE) STRICT",
    "INSERT INTO plain(t, b, r) VALUES ('Größe ✓', randomblob(70000), 3.5), (NULL, x'', -1e300)",
    "INSERT INTO keyed VALUES ('a', 1), ('b', 2)",
    "INSERT INTO counted(a, b) VALUES (3, 4)",
    "INSERT INTO search VALUES ('the quick brown fox')",
    "INSERT INTO boxes VALUES (1, 0.5, 2.5)",
    "INSERT INTO \"od\"\"d näme\" VALUES ('x')",
    "PRAGMA user_version = 12",
  };

  @ParameterizedTest
  @MethodSource("cases")
  @DisplayName("every sort of table, index, trigger and setting comes back")
  void comesBack(String pragma, String mode, String restore) throws Exception {
    var bench = new Workbench(temporary);
    Path database = bench.directory("live").resolve("app.db");
    ComponentHandler handler = bench.handler(database, "restore", restore);
    try (TestDatabase application = TestDatabase.open(database)) {
      application.run(pragma, "PRAGMA journal_mode = " + mode).run(CONTENT);
    }
    List<String> before = Workbench.dump(database);
    String settings = settings(database);
    DirectorySink sink = bench.capture(handler);
    DirectorySink vacuumed =
        bench.capture(bench.handler(database, "method", "vacuum", "restore", restore));

    for (DirectorySink backup : List.of(sink, vacuumed)) {
      try (TestDatabase application = TestDatabase.open(database)) {
        application.run("DELETE FROM plain", "DROP TABLE keyed", "PRAGMA user_version = 1");
      }
      bench.restore(handler, backup);
      assertThat(Workbench.dump(database)).isEqualTo(before);
      assertThat(settings(database)).isEqualTo(settings);
      try (TestDatabase application = TestDatabase.open(database)) {
        assertThat(application.ask("PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(application.ask("SELECT body FROM search WHERE search MATCH 'quick'"))
            .contains("fox");
      }
      assertThat(Workbench.names(database.getParent())).containsExactly("app.db");
    }
  }

  private static String settings(Path database) throws Exception {
    try (TestDatabase application = TestDatabase.open(database)) {
      return application.ask("PRAGMA page_size")
          + application.ask("PRAGMA encoding")
          + application.ask("PRAGMA auto_vacuum")
          + application.ask("PRAGMA application_id")
          + application.ask("PRAGMA journal_mode");
    }
  }
}
