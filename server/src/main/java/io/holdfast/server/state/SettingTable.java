package io.holdfast.server.state;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table {@code setting}. */
final class SettingTable implements SettingStore {
  private record Entry(String key, Stored value) {}

  private final Sql sql;

  SettingTable(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Map<String, Stored> all() {
    var values = new TreeMap<String, Stored>();
    sql.all(
            "read the stored settings",
            "SELECT name, content, actor, changed_at FROM setting",
            row ->
                new Entry(
                    row.text("name"),
                    new Stored(row.text("content"), row.text("actor"), row.instant("changed_at"))),
            List.of())
        .forEach(entry -> values.put(entry.key(), entry.value()));
    return Collections.unmodifiableMap(values);
  }

  @Override
  public void put(String key, Stored value) {
    sql.change(
        "store the setting " + key,
        "INSERT INTO setting (name, content, actor, changed_at) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET content = excluded.content,"
            + " actor = excluded.actor, changed_at = excluded.changed_at",
        List.of(key, value.value(), value.actor(), value.changedAt()));
  }

  @Override
  public boolean remove(String key) {
    return sql.change(
            "reset the setting " + key, "DELETE FROM setting WHERE name = ?", List.of(key))
        > 0;
  }
}
