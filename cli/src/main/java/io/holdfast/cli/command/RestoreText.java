package io.holdfast.cli.command;

import io.holdfast.cli.target.ServerException;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Table;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.ComponentJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RestoredComponentJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How restores are shown to people. */
final class RestoreText {
  private RestoreText() {}

  /**
   * What a restore in place is about to do, for the one who has to consent.
   *
   * @param components what is asked for; empty for everything
   */
  static String plan(Session session, Target target, BackupJson backup, List<String> components) {
    Map<String, List<String>> places = target.places();
    var table = new Table("COMPONENT", "KIND", "DATA OF", "REPLACES");
    List<String> absent = new ArrayList<>();
    for (ComponentJson component : backup.components()) {
      boolean asked = components.isEmpty() || components.contains(component.name());
      if (asked && isRestorable(component)) {
        table.row(
            component.name(),
            component.kind(),
            component.instant() == null ? "-" : Formats.age(component.instant(), session.now()),
            String.join(", ", places.getOrDefault(component.name(), List.of("-"))));
      } else if (asked) {
        absent.add(component.name() + " (" + component.status() + ")");
      }
    }
    var plan = new StringBuilder();
    plan.append("Restore from backup ")
        .append(SafeText.line(backup.runId()))
        .append(" (")
        .append(SafeText.line(BackupText.trigger(backup)))
        .append(", ")
        .append(BackupText.age(backup, session.now()))
        .append(", made on ")
        .append(SafeText.line(backup.host()))
        .append("):\n\n");
    table.lines().forEach(line -> plan.append(line).append('\n'));
    if (!absent.isEmpty()) {
      plan.append("\nNot in the backup, and left alone: ")
          .append(SafeText.line(String.join(", ", absent)))
          .append('\n');
    }
    return plan.append("\nWhat is there now is saved first, as a safety backup in ")
        .append(SafeText.line(target.repository()))
        .append(".\nIf anything fails, everything is put back as it is now.\n")
        .append("(--dry-run shows each change and makes none.)\n\n")
        .toString();
  }

  private static boolean isRestorable(ComponentJson component) {
    return component.status().equals("completed");
  }

  /** What a restore did, or would do. */
  static void outcome(Session session, Target target, RestoreJson restore) {
    if (!restore.status().equals("completed")) {
      return;
    }
    List<RestoredComponentJson> components = restore.restoredComponents();
    String parts = Formats.count(components.size(), "component");
    String from = " from backup " + SafeText.line(restore.backupRunId());
    String took =
        " in " + Formats.duration(Duration.between(restore.startedAt(), restore.finishedAt()));
    String where =
        restore.destination() == null ? "" : " to " + SafeText.line(restore.destination());
    session.line(
        restore.dryRun()
            ? "dry run: would restore " + parts + from + where + "; nothing was changed"
            : session.style().good("restored ") + parts + from + where + took);
    session.line("");
    if (restore.dryRun() || session.options().verbose()) {
      components.forEach(component -> ChangeText.list(session, component));
    } else {
      session.table(ChangeText.summary(components));
    }
    String safety = restore.safetyBackupRunId();
    if (safety != null) {
      session.line(
          isEmpty(target, safety)
              ? "\nThere was no former state to save; safety backup "
                  + SafeText.line(safety)
                  + " records that."
              : "\nThe former state is in safety backup "
                  + SafeText.line(safety)
                  + "; 'holdfast restore "
                  + SafeText.line(safety)
                  + "' brings it back.");
    }
  }

  /** Whether a safety backup holds nothing, since there was nothing. */
  private static boolean isEmpty(Target target, String safety) {
    try {
      return target.show(safety).components().stream().noneMatch(RestoreText::isRestorable);
    } catch (HoldfastException | ServerException unread) {
      // The restore is done; what there is to say of it does not hang on this.
      return false;
    }
  }
}
