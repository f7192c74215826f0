package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.testkit.handler.DirectorySink;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beyond 1 GiB a database has a page that is never used, where SQLite puts its locks. */
@Tag("campaign")
class BigDatabaseTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({"4096,wal,swap", "65536,delete,live", "1024,wal,live"})
  @DisplayName("a database with a lock page is copied and restored")
  void lockPage(int pageSize, String mode, String restore) throws Exception {
    var bench = new Workbench(temporary);
    Path database = bench.directory("live").resolve("app.db");
    ComponentHandler handler = bench.handler(database, "restore", restore);
    try (TestDatabase application = TestDatabase.open(database)) {
      application.run(
          "PRAGMA page_size = " + pageSize,
          "PRAGMA journal_mode = OFF",
          "PRAGMA synchronous = OFF",
          "CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB)",
          "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 1100)"
              + " INSERT INTO t(v) SELECT zeroblob(1048576) FROM n",
          "PRAGMA journal_mode = " + mode);
      assertThat(Files.size(database)).isGreaterThan(1L << 30);
      // In write-ahead mode these lie in the log, on both sides of the lock page.
      application.run("UPDATE t SET v = 'short' WHERE id % 100 = 7");
      DirectorySink sink = bench.capture(handler);
      application.run("DELETE FROM t WHERE id > 10");
      if (restore.equals("swap")) {
        application.close();
      }
      bench.restore(handler, sink);
    }
    try (TestDatabase application = TestDatabase.open(database)) {
      assertThat(application.ask("PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(1100);
      assertThat(application.number("SELECT count(*) FROM t WHERE v = 'short'")).isEqualTo(11);
    }
  }
}
