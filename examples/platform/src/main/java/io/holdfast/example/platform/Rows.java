package io.holdfast.example.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * All rows of a database, by table and by key: those that are in one, or those that must be.
 *
 * <p>The values are {@code Long}, {@code Double}, {@code String} (a blob is its hex digits) or the
 * text {@code NULL}. Not thread-safe.
 */
public final class Rows {
  static final int AGENTS = 48;
  static final int TASKS = 2_400;
  static final int DOCUMENTS = 320;
  static final int SESSIONS = 500;
  static final int FORMER_AUDIT = 3_000;
  private static final int DIFFERENCES_SHOWN = 20;

  private final Map<String, TreeMap<Long, List<Object>>> tables = new LinkedHashMap<>();

  /**
   * What must be in the platform's database after so many transactions: worked out without looking
   * at any database.
   *
   * @param transactions 0 or more
   */
  public static Rows ofPlatform(long transactions) {
    var rows = new Rows();
    rows.addSeed();
    for (long number = 1; number <= transactions; number++) {
      rows.apply(Transaction.of(number));
    }
    return rows;
  }

  /** What must be in the database of sessions. */
  public static Rows ofSessions() {
    var rows = new Rows();
    var random = new SplittableRandom(Platform.SEED + 1);
    for (long id = 1; id <= SESSIONS; id++) {
      rows.put(
          "sessions",
          List.of(id, "user-" + random.nextInt(90), Transaction.instant(id), blob(random, 96)));
    }
    return rows;
  }

  /** Adds a row, whose first value is its key. */
  void put(String table, List<Object> row) {
    tables.computeIfAbsent(table, name -> new TreeMap<>()).put((Long) row.getFirst(), row);
  }

  /** The rows of each table in the order of their keys. */
  public Map<String, TreeMap<Long, List<Object>>> tables() {
    return Collections.unmodifiableMap(tables);
  }

  /** How many rows there are in all tables. */
  public int count() {
    return tables.values().stream().mapToInt(Map::size).sum();
  }

  /** How another set of rows differs from this one, one line a row; empty if it does not. */
  public List<String> differences(Rows other) {
    var lines = new ArrayList<String>();
    var names = new java.util.TreeSet<>(tables.keySet());
    names.addAll(other.tables.keySet());
    for (String table : names) {
      var mine = tables.getOrDefault(table, new TreeMap<>());
      var theirs = other.tables.getOrDefault(table, new TreeMap<>());
      var keys = new java.util.TreeSet<>(mine.keySet());
      keys.addAll(theirs.keySet());
      for (Long key : keys) {
        List<Object> expected = mine.get(key);
        List<Object> found = theirs.get(key);
        if (expected == null) {
          lines.add(table + " " + key + ": nobody wrote this row: " + brief(found));
        } else if (found == null) {
          lines.add(table + " " + key + ": missing: " + brief(expected));
        } else if (!expected.equals(found)) {
          lines.add(
              table + " " + key + ": expected " + brief(expected) + ", found " + brief(found));
        }
        if (lines.size() >= DIFFERENCES_SHOWN) {
          lines.add("and perhaps more; " + DIFFERENCES_SHOWN + " are shown");
          return lines;
        }
      }
    }
    return lines;
  }

  private static String brief(@org.jspecify.annotations.Nullable List<Object> row) {
    String text = String.valueOf(row);
    return text.length() <= 160 ? text : text.substring(0, 157) + "...";
  }

  private void addSeed() {
    var random = new SplittableRandom(Platform.SEED);
    for (long id = 1; id <= AGENTS; id++) {
      put("agents", List.of(id, "agent-" + id, random.nextInt(100) / 100.0, "idle"));
      put("budgets", List.of(id, 100_000L + random.nextInt(900_000), 0L));
    }
    for (long id = 1; id <= TASKS; id++) {
      long agent = 1L + random.nextInt(AGENTS);
      put("tasks", List.of(id, agent, "Task " + id + " — überprüfen", "queued", "never"));
    }
    for (long id = 1; id <= FORMER_AUDIT; id++) {
      put("audit_log", List.of(id, 1L + random.nextInt(AGENTS), 0L, "former", "row " + id));
    }
    for (long id = 1; id <= DOCUMENTS; id++) {
      put("documents", List.of(id, "Document " + id, blob(random, 2_000 + random.nextInt(9_000))));
    }
    put("sequence", List.of(1L, 0L));
  }

  private void apply(Transaction transaction) {
    change("budgets", transaction.agent(), 2, spent -> (Long) spent + transaction.amountCents());
    change("tasks", transaction.task(), 3, state -> transaction.state());
    change("tasks", transaction.task(), 4, at -> transaction.at());
    put(
        "audit_log",
        List.of(
            FORMER_AUDIT + transaction.number(),
            transaction.agent(),
            transaction.amountCents(),
            transaction.at(),
            transaction.detail()));
    change("sequence", 1, 1, number -> transaction.number());
  }

  private void change(
      String table, long key, int column, java.util.function.UnaryOperator<Object> change) {
    Object[] row =
        tables.getOrDefault(table, new TreeMap<>()).getOrDefault(key, List.of()).toArray();
    row[column] = change.apply(row[column]);
    put(table, List.copyOf(Arrays.asList(row)));
  }

  private static String blob(SplittableRandom random, int size) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
