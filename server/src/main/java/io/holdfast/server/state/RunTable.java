package io.holdfast.server.state;

import static java.util.stream.Collectors.joining;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.state.RunRecord.Failure;
import io.holdfast.server.state.RunRecord.Operation;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The table {@code run}. */
final class RunTable implements RunStore {
  private static final List<String> COLUMNS =
      List.of(
          "run_id",
          "sequence",
          "operation",
          "run_trigger",
          "status",
          "started_at",
          "finished_at",
          "actor",
          "server",
          "backup_run_id",
          "failure_code",
          "failure_message",
          "failure_guidance",
          "document");
  private static final String SELECT = "SELECT " + String.join(", ", COLUMNS) + " FROM run ";
  private static final String NEWEST_FIRST = " ORDER BY sequence DESC, run_id DESC";
  private static final String PUT =
      "INSERT INTO run ("
          + String.join(", ", COLUMNS)
          + ") VALUES ("
          + String.join(", ", Collections.nCopies(COLUMNS.size(), "?"))
          + ") ON CONFLICT (run_id) DO UPDATE SET "
          + COLUMNS.stream().map(column -> column + " = excluded." + column).collect(joining(", "));

  private final Sql sql;

  RunTable(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void put(RunRecord run) {
    sql.change(
        "remember run " + run.run(),
        PUT,
        List.of(
            run.run(),
            run.run().sequence(),
            run.operation(),
            run.trigger(),
            run.status(),
            run.startedAt(),
            run.finishedAt(),
            run.actor(),
            run.server(),
            run.backup(),
            run.failure().map(Failure::code),
            run.failure().map(Failure::message),
            run.failure().map(Failure::guidance),
            run.document()));
  }

  @Override
  public Optional<RunRecord> find(RunId run) {
    return sql.first(
        "look up run " + run, SELECT + "WHERE run_id = ?", RunTable::read, List.of(run));
  }

  /**
   * Each operation is a branch of its own that reads at most a page of its index, and documents are
   * read of the page alone; so a page costs the same however many runs there are, and of which
   * kind.
   */
  @Override
  public List<RunRecord> page(Set<Operation> operations, Optional<RunId> before, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
    if (operations.isEmpty()) {
      return List.of();
    }
    var branches = new ArrayList<String>();
    var parameters = new ArrayList<>();
    for (Operation operation : operations) {
      branches.add(
          "SELECT * FROM (SELECT run_id, sequence FROM run"
              + " WHERE operation = ? AND (sequence, run_id) < (?, ?)"
              + NEWEST_FIRST
              + " LIMIT ?) AS branch"
              + branches.size());
      parameters.add(operation);
      parameters.add(before.map(RunId::sequence).orElse(RunId.MAX_SEQUENCE + 1));
      parameters.add(before.map(RunId::value).orElse(""));
      parameters.add(limit);
    }
    parameters.add(limit);
    return sql.all(
        "list runs",
        SELECT
            + "WHERE run_id IN (SELECT run_id FROM ("
            + String.join(" UNION ALL ", branches)
            + ") AS page"
            + NEWEST_FIRST
            + " LIMIT ?)"
            + NEWEST_FIRST,
        RunTable::read,
        parameters);
  }

  @Override
  public List<RunRecord> running() {
    return sql.all(
        "list the runs under way",
        SELECT + "WHERE status = 'running'" + NEWEST_FIRST,
        RunTable::read,
        List.of());
  }

  @Override
  public Optional<Instant> lastStarted(Trigger trigger) {
    return sql.first(
        "find out when a backup last started",
        "SELECT started_at FROM run WHERE run_trigger = ?" + NEWEST_FIRST + " LIMIT 1",
        row -> row.instant("started_at"),
        List.of(trigger));
  }

  @Override
  public List<Instant> startsSince(Operation operation, String actor, Instant since) {
    return sql.all(
        "look up when runs were started",
        "SELECT started_at FROM run"
            + " WHERE operation = ? AND actor = ? AND started_at >= ? ORDER BY started_at",
        row -> row.instant("started_at"),
        List.of(operation, actor, since));
  }

  @Override
  public int prune(Instant before) {
    return sql.change(
        "forget old runs",
        "DELETE FROM run WHERE finished_at < ? AND (run_trigger IS NULL OR EXISTS ("
            + "SELECT 1 FROM run AS later"
            + " WHERE later.run_trigger = run.run_trigger AND later.sequence > run.sequence))",
        List.of(before));
  }

  private static RunRecord read(Row row) throws SQLException {
    return new RunRecord(
        new RunId(row.text("run_id")),
        row.word(Operation.class, "operation"),
        row.optionalWord(Trigger.class, "run_trigger"),
        row.word(RunStatus.class, "status"),
        row.instant("started_at"),
        row.optionalInstant("finished_at"),
        row.text("actor"),
        row.text("server"),
        row.optionalRun("backup_run_id"),
        failure(row),
        row.optionalText("document"));
  }

  private static Optional<Failure> failure(Row row) throws SQLException {
    Optional<String> code = row.optionalText("failure_code");
    if (code.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Failure(known(code.get()), row.text("failure_message"), row.text("failure_guidance")));
  }

  /**
   * A newer version may have added a code without a change of the tables, and been replaced by this
   * one again. Its message still says what happened.
   */
  private static ErrorCode known(String code) {
    try {
      return ErrorCode.valueOf(code.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      return ErrorCode.INTERNAL;
    }
  }
}
