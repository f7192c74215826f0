package io.holdfast.server.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** The table {@code act}. */
final class ActTable implements AuditLog {
  private static final String COLUMNS =
      "acted_at, actor, action, subject, outcome, address, correlation";

  private final Sql sql;

  ActTable(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void append(Act act) {
    sql.change(
        "record the act " + act.action(),
        "INSERT INTO act (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)",
        List.of(
            act.at(),
            act.actor(),
            act.action(),
            act.subject(),
            act.outcome(),
            act.address(),
            act.correlation()));
  }

  @Override
  public List<Act> page(OptionalLong before, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
    return sql.all(
        "list the recorded acts",
        "SELECT act_id, " + COLUMNS + " FROM act WHERE act_id < ? ORDER BY act_id DESC LIMIT ?",
        ActTable::read,
        List.of(before.orElse(Long.MAX_VALUE), limit));
  }

  @Override
  public int prune(Instant before) {
    return sql.change("forget old acts", "DELETE FROM act WHERE acted_at < ?", List.of(before));
  }

  private static Act read(Row row) throws SQLException {
    return new Act(
        row.number("act_id"),
        row.instant("acted_at"),
        row.text("actor"),
        row.text("action"),
        row.text("subject"),
        row.text("outcome"),
        row.text("address"),
        row.text("correlation"));
  }
}
