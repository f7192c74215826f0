package io.holdfast.server.state;

import io.holdfast.engine.run.RunId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The table {@code idempotency_key}, whose primary key decides who wins a claim. */
final class IdempotencyTable implements IdempotencyStore {
  private static final String SELECT =
      "SELECT scope, digest, body, server, claimed_at, run_id, answer_status, answer_document"
          + " FROM idempotency_key ";
  private static final String OF_KEY = " WHERE scope = ? AND digest = ?";

  private final Sql sql;

  IdempotencyTable(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Optional<Entry> claim(
      Key key, String body, String server, Instant now, Instant notBefore) {
    sql.change(
        "forget old idempotency keys",
        "DELETE FROM idempotency_key WHERE answer_status IS NOT NULL AND claimed_at < ?",
        List.of(notBefore));
    while (true) {
      int inserted =
          sql.change(
              "claim an idempotency key",
              "INSERT INTO idempotency_key (scope, digest, body, server, claimed_at)"
                  + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (scope, digest) DO NOTHING",
              List.of(key.scope(), key.key(), body, server, now));
      if (inserted == 1) {
        return Optional.empty();
      }
      Optional<Entry> known = find(key);
      if (known.isPresent()) {
        return known;
      }
      // Its claimant released it in between, so it is free again.
    }
  }

  @Override
  public Optional<Entry> find(Key key) {
    return sql.first(
        "look up an idempotency key",
        SELECT + OF_KEY,
        IdempotencyTable::read,
        List.of(key.scope(), key.key()));
  }

  @Override
  public void started(Key key, RunId run) {
    update("remember that run " + run + " began for an idempotency key", "run_id = ?", key, run);
  }

  @Override
  public void answered(Key key, Answer answer) {
    update(
        "remember the answer for an idempotency key",
        "answer_status = ?, answer_document = ?",
        key,
        answer.status(),
        answer.document());
  }

  private void update(String doing, String change, Key key, Object... values) {
    var parameters = new ArrayList<>(Arrays.asList(values));
    parameters.add(key.scope());
    parameters.add(key.key());
    if (sql.change(doing, "UPDATE idempotency_key SET " + change + OF_KEY, parameters) == 0) {
      throw new StateException("could not " + doing + ": nobody holds a claim of it any more");
    }
  }

  @Override
  public void release(Key key) {
    sql.change(
        "release an idempotency key",
        "DELETE FROM idempotency_key" + OF_KEY + " AND answer_status IS NULL",
        List.of(key.scope(), key.key()));
  }

  @Override
  public List<Entry> open() {
    return sql.all(
        "list open idempotency keys",
        SELECT + "WHERE answer_status IS NULL ORDER BY claimed_at, scope, digest",
        IdempotencyTable::read,
        List.of());
  }

  private static Entry read(Row row) throws SQLException {
    Optional<Long> status = row.optionalNumber("answer_status");
    return new Entry(
        new Key(row.text("scope"), row.text("digest")),
        row.text("body"),
        row.text("server"),
        row.instant("claimed_at"),
        row.optionalRun("run_id"),
        status.isEmpty()
            ? Optional.empty()
            : Optional.of(new Answer(status.get().intValue(), row.text("answer_document"))));
  }
}
