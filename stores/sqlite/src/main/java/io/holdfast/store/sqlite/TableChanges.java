package io.holdfast.store.sqlite;

import io.holdfast.engine.component.Change;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What replacing one database by another changes, table by table. */
final class TableChanges {
  private static final int MOST_OBJECTS = 10_000;

  /** Tables up to this size are compared row by row; of larger ones only the numbers are told. */
  private static final long COMPARED_ROWS = 100_000;

  private final Database live;
  private final Database restored;
  private final List<Change> changes = new ArrayList<>();

  private TableChanges(Database live, Database restored) {
    this.live = live;
    this.restored = restored;
  }

  /** The changes; one that says why, where the live database cannot be read. */
  static List<Change> between(
      Subject live,
      Database.Access access,
      Subject restored,
      Duration busyTimeout,
      Cancellation cancellation) {
    try (Database after =
        Database.open(restored, Database.Access.IMMUTABLE, busyTimeout, cancellation)) {
      try (Database before = Database.open(live, access, busyTimeout, cancellation)) {
        before.pin();
        return new TableChanges(before, after).all();
      } catch (HoldfastException e) {
        cancellation.check();
        return List.of(
            new Change(
                Change.Action.REPLACE,
                live.path().toString(),
                "the live database cannot be read (" + e.message() + ")"));
      }
    }
  }

  private List<Change> all() {
    header();
    tables();
    objects();
    return List.copyOf(changes);
  }

  private void header() {
    String before = header(live);
    String after = header(restored);
    if (!before.equals(after)) {
      changes.add(new Change(Change.Action.SUMMARY, "database", before + " -> " + after));
    }
  }

  private static String header(Database database) {
    return database.number("PRAGMA page_count")
        + " pages of "
        + database.number("PRAGMA page_size")
        + " bytes, user_version "
        + database.number("PRAGMA user_version");
  }

  private void tables() {
    Map<String, String> before = tables(live);
    Map<String, String> after = tables(restored);
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      String subject = "table " + name;
      if (!after.containsKey(name)) {
        changes.add(new Change(Change.Action.REMOVE, subject, before.get(name) + " rows"));
      } else if (!before.containsKey(name)) {
        changes.add(new Change(Change.Action.CREATE, subject, after.get(name) + " rows"));
      } else {
        changes.add(compare(name, subject, before.get(name), after.get(name)));
      }
    }
  }

  private Change compare(String name, String subject, String before, String after) {
    if (!before.equals(after)) {
      return new Change(Change.Action.REPLACE, subject, before + " -> " + after + " rows");
    }
    boolean small = !before.equals("?") && Long.parseLong(before) <= COMPARED_ROWS;
    if (!small) {
      return new Change(Change.Action.REPLACE, subject, after + " rows, as many as now");
    }
    return live.sameRows(restored, "SELECT * FROM " + quoted(name))
        ? new Change(Change.Action.UNCHANGED, subject, after + " rows")
        : new Change(
            Change.Action.REPLACE, subject, after + " rows, as many as now, with other content");
  }

  /** Names of tables and how many rows they have; "?" for what cannot be counted. */
  private static Map<String, String> tables(Database database) {
    var counts = new LinkedHashMap<String, String>();
    List<String> names =
        database.texts(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
                + " AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name",
            MOST_OBJECTS);
    for (String name : names) {
      counts.put(name, count(database, name));
    }
    return counts;
  }

  private static String count(Database database, String table) {
    try {
      return Long.toString(database.number("SELECT count(*) FROM " + quoted(table)));
    } catch (HoldfastException e) {
      database.cancellation().check();
      // A virtual table whose module is the application's own.
      return "?";
    }
  }

  private void objects() {
    Map<String, String> before = objects(live);
    Map<String, String> after = objects(restored);
    before.forEach((name, sql) -> {
      if (!after.containsKey(name)) {
        tell(Change.Action.REMOVE, name);
      } else if (!sql.equals(after.get(name))) {
        changes.add(new Change(Change.Action.REPLACE, name, "schema differs"));
      }
    });
    after.keySet().stream()
        .filter(name -> !before.containsKey(name))
        .forEach(name -> tell(Change.Action.CREATE, name));
  }

  /** Tables that come or go are told with their rows. */
  private void tell(Change.Action action, String name) {
    if (!name.startsWith("table ")) {
      changes.add(new Change(action, name, "schema"));
    }
  }

  /** The statements that made indexes, views and triggers, and tables. */
  private static Map<String, String> objects(Database database) {
    var statements = new LinkedHashMap<String, String>();
    for (List<String> row :
        database.rows(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE"
                + " 'sqlite~_%' ESCAPE '~' ORDER BY type, name",
            MOST_OBJECTS)) {
      statements.put(row.get(0) + " " + row.get(1), row.get(2));
    }
    return statements;
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
