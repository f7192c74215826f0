package io.holdfast.cli.command;

import io.holdfast.cli.json.SnapshotJson;
import io.holdfast.cli.json.SnapshotRestoreJson;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Table;
import io.holdfast.server.document.RestoredComponentJson;
import java.time.Duration;
import java.util.List;

/** How snapshots of other programs are shown to people. */
final class SnapshotText {
  private static final int SHORT = 8;

  private SnapshotText() {}

  /** How many snapshots there are that are no backups. */
  static String others(int count) {
    return Formats.count(count, "snapshot") + " of other programs";
  }

  /** The first digits of its id, which name it to the program that made it as well. */
  static String name(SnapshotJson snapshot) {
    return snapshot.snapshotId().substring(0, SHORT);
  }

  /** A table of them, apart from that of the backups; nothing if there is none. */
  static void list(Session session, List<SnapshotJson> snapshots) {
    if (snapshots.isEmpty()) {
      return;
    }
    session.line("");
    session.line("Snapshots of other programs:");
    var table = new Table("SNAPSHOT", "AGE", "HOST", "PATHS", "TAGS", "PROGRAM");
    for (SnapshotJson snapshot : snapshots) {
      table.row(
          name(snapshot),
          Formats.age(snapshot.time(), session.now()),
          orDash(snapshot.host()),
          orDash(String.join(", ", snapshot.paths())),
          orDash(String.join(", ", snapshot.tags())),
          orDash(program(snapshot)));
    }
    session.table(table);
  }

  private static String program(SnapshotJson snapshot) {
    return snapshot.program() == null ? "" : snapshot.program();
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  static void show(Session session, SnapshotJson snapshot) {
    BackupText.fact(session, "snapshot", snapshot.snapshotId());
    BackupText.fact(
        session,
        "made",
        snapshot.time() + " (" + Formats.age(snapshot.time(), session.now()) + ")");
    BackupText.fact(session, "on", orDash(snapshot.host()) + ", by " + orDash(snapshot.username()));
    BackupText.fact(session, "written by", orDash(program(snapshot)));
    BackupText.fact(session, "paths", orDash(String.join(", ", snapshot.paths())));
    BackupText.fact(session, "tags", orDash(String.join(", ", snapshot.tags())));
    session.line("");
    session.line(
        "It is no backup of Holdfast's: 'holdfast restore "
            + name(snapshot)
            + " --to DIR' restores its tree.");
  }

  /** What a restore did, or would do. */
  static void outcome(Session session, SnapshotJson snapshot, SnapshotRestoreJson restore) {
    var tree = new RestoredComponentJson(name(snapshot), restore.changes());
    session.line(
        restore.dryRun()
            ? "dry run: would restore snapshot "
                + name(snapshot)
                + " to "
                + SafeText.line(restore.destination())
                + "; nothing was changed"
            : session.style().good("restored ")
                + "snapshot "
                + name(snapshot)
                + " to "
                + SafeText.line(restore.destination())
                + " in "
                + Formats.duration(Duration.between(restore.startedAt(), restore.finishedAt())));
    session.line("");
    if (restore.dryRun() || session.options().verbose()) {
      ChangeText.list(session, tree);
    } else {
      session.table(ChangeText.summary(List.of(tree)));
    }
  }
}
