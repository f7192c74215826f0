package io.holdfast.server.state;

import java.util.ArrayList;
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
    putAll(Map.of(key, value));
  }

  @Override
  public void putAll(Map<String, Stored> values) {
    if (values.isEmpty()) {
      return;
    }
    var parameters = new ArrayList<Object>();
    values.forEach((key, value) ->
        parameters.addAll(List.of(key, value.value(), value.actor(), value.changedAt())));
    // One statement, and so all or none.
    sql.change(
        "store the setting " + String.join(", ", values.keySet()),
        "INSERT INTO setting (name, content, actor, changed_at) VALUES "
            + String.join(", ", Collections.nCopies(values.size(), "(?, ?, ?, ?)"))
            + " ON CONFLICT (name) DO UPDATE SET content = excluded.content,"
            + " actor = excluded.actor, changed_at = excluded.changed_at",
        parameters);
  }

  @Override
  public boolean remove(String key) {
    return sql.change(
            "reset the setting " + key, "DELETE FROM setting WHERE name = ?", List.of(key))
        > 0;
  }
}
