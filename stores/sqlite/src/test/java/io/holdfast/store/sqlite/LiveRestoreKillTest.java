package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.UndoRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process that restores live is killed, while an application keeps the database open. */
class LiveRestoreKillTest {
  private static final boolean CAMPAIGN = Boolean.getBoolean("holdfast.campaign");
  private static final int ROUNDS = CAMPAIGN ? 200 : 3;

  @TempDir Path temporary;
  private Workbench bench;
  private Path good;
  private Path live;
  private TestDatabase application;

  /** Leaves a good database, and a live one with other content that the application has open. */
  private void begin(String journalMode) throws Exception {
    good = bench.directory("good").resolve("app.db");
    live = bench.directory("live").resolve("app.db");
    try (TestDatabase database = TestDatabase.open(good)) {
      database.run("PRAGMA journal_mode = " + journalMode, "CREATE TABLE t(v)", insert(6000));
    }
    application = TestDatabase.open(live);
    application.run(
        "PRAGMA journal_mode = " + journalMode,
        "PRAGMA busy_timeout = 60000",
        "CREATE TABLE t(v)",
        insert(3000),
        "CREATE TABLE notes(v)");
  }

  private static String insert(int rows) {
    return "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < "
        + rows
        + ") INSERT INTO t SELECT randomblob(700) FROM n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  @Tag("P4")
  @DisplayName("P4: killed before any operation on files, the restore is undone from its record")
  void killedAtEveryOperation(String journalMode) throws Exception {
    bench = new Workbench(temporary);
    for (int operation = 1; ; operation++) {
      begin(journalMode);
      try (var child = child(operation)) {
        Map<String, String> details = details(child);
        boolean finished = "committed".equals(child.line());
        child.kill();
        assertUndone(details);
        if (finished) {
          assertThat(operation).as("operations of a commit").isGreaterThan(4);
          return;
        }
      } finally {
        application.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  @Tag("P4")
  @DisplayName("P4: killed at any moment, the restore is undone, and later writes are kept")
  void killedAtAnyMoment(String journalMode) throws Exception {
    bench = new Workbench(temporary);
    var random = new Random(20261120);
    for (int round = 0; round < ROUNDS; round++) {
      begin(journalMode);
      try (var child = child(0)) {
        Map<String, String> details = details(child);
        child.killAfter(random.nextInt(200));
        assertUndone(details);
      } finally {
        application.close();
      }
    }
  }

  private ChildJvm child(int operation) throws Exception {
    return ChildJvm.start(
        LiveRestoreChild.class,
        good.toString(),
        live.toString(),
        bench.directory("child").toString(),
        Integer.toString(operation));
  }

  private static Map<String, String> details(ChildJvm child) throws Exception {
    var details = new HashMap<String, String>();
    for (String line = child.line(); !"committing".equals(line); line = child.line()) {
      assertThat(line).as("the child's output").isNotNull();
      details.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    return details;
  }

  private void assertUndone(Map<String, String> details) throws Exception {
    boolean replaced = application.number("SELECT count(*) FROM t") == 6000;
    application.run("INSERT INTO t VALUES ('since')", "DELETE FROM t WHERE rowid = 17");
    List<String> now = application.dump();
    ComponentHandler handler = bench.handler(live, "restore", "live");
    var record = new UndoRecord(List.of(), details);
    handler.recover(record, bench.context());
    if (replaced) {
      assertThat(application.number("SELECT count(*) FROM t")).isEqualTo(3000);
      assertThat(application.number("SELECT count(*) FROM notes")).isZero();
    } else {
      assertThat(application.dump()).as("writes since the kill").isEqualTo(now);
    }
    List<String> undone = application.dump();
    handler.recover(record, bench.context());
    assertThat(application.dump()).isEqualTo(undone);
    assertThat(application.ask("PRAGMA integrity_check")).isEqualTo("ok");
    assertThat(new ArrayList<>(Workbench.names(live.getParent())))
        .noneMatch(name -> name.contains(".holdfast-"));
  }
}
