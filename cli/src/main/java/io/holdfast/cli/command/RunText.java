package io.holdfast.cli.command;

import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.Table;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.ProgressJson;
import io.holdfast.server.document.RunJson;
import java.time.Instant;
import java.util.List;

/** How the runs of a server are shown to people. */
final class RunText {
  private RunText() {}

  static void list(Session session, List<RunJson> runs) {
    if (runs.isEmpty()) {
      session.line("No runs.");
      return;
    }
    var table = new Table("RUN", "OPERATION", "STATUS", "AGE", ">TIME", "BY", "WHY");
    for (RunJson run : runs) {
      FailureJson failure = run.failure();
      table.row(
          run.runId(),
          operation(run),
          run.status(),
          Formats.age(run.startedAt(), session.now()),
          BackupText.took(run.startedAt(), run.finishedAt()),
          run.actor(),
          failure == null ? "" : failure.message());
    }
    session.table(table);
  }

  /** All about one. */
  static void show(Session session, RunJson run) {
    BackupText.fact(session, "run", run.runId());
    BackupText.fact(session, "operation", operation(run));
    session.line(BackupText.label("status") + BackupText.status(run.status(), session.style()));
    BackupText.fact(session, "asked by", run.actor());
    BackupText.fact(
        session,
        "started",
        run.startedAt()
            + " ("
            + Formats.age(run.startedAt(), session.now())
            + ")"
            + (run.finishedAt() == null
                ? ""
                : ", took " + BackupText.took(run.startedAt(), run.finishedAt())));
    if (run.backupRunId() != null) {
      BackupText.fact(session, "from backup", run.backupRunId());
    }
    ProgressJson progress = run.progress();
    if (progress != null) {
      BackupText.fact(session, "progress", progress(progress));
    }
    FailureJson failure = run.failure();
    if (failure != null) {
      BackupText.fact(session, "failure", failure.message());
    }
    if (run.backup() != null) {
      session.line("");
      session.table(BackupText.components(run.backup().backup()));
    }
    if (run.restore() != null && !run.restore().restoredComponents().isEmpty()) {
      session.line("");
      session.table(ChangeText.summary(run.restore().restoredComponents()));
    }
  }

  /** One that is under way, in a line. */
  static String underWay(RunJson run, Instant now) {
    ProgressJson progress = run.progress();
    return operation(run)
        + " "
        + run.runId()
        + ", begun "
        + Formats.age(run.startedAt(), now)
        + (progress == null ? "" : ", " + progress(progress));
  }

  private static String operation(RunJson run) {
    String operation = run.operation().replace('_', ' ');
    return run.trigger() == null ? operation : operation + " (" + run.trigger() + ")";
  }

  private static String progress(ProgressJson progress) {
    Long total = progress.bytesTotal();
    return progress.phase().replace('_', ' ')
        + ", "
        + Formats.size(progress.bytesDone())
        + (total == null ? "" : " of " + Formats.size(total));
  }
}
