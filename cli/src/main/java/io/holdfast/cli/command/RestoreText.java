package io.holdfast.cli.command;

import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Style;
import io.holdfast.cli.terminal.Table;
import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.restore.RestoreSelection;
import io.holdfast.engine.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How restores are shown to people. */
final class RestoreText {
  private static final int MOST_CHANGES = 50;

  private RestoreText() {}

  /** What a restore in place is about to do, for the one who has to consent. */
  static String plan(Opened opened, Manifest backup, RestoreRequest request, Session session) {
    var table = new Table("COMPONENT", "KIND", "DATA OF", "REPLACES");
    List<String> absent = new ArrayList<>();
    for (ComponentRecord record : backup.components()) {
      boolean asked =
          request.components().isEmpty() || request.components().contains(record.name());
      if (asked && record.isRestorable()) {
        table.row(
            record.name().value(),
            record.kind(),
            record.instant().map(at -> Formats.age(at, session.now())).orElse("-"),
            opened.installation().component(record.name()).map(RestoreText::places).orElse("-"));
      } else if (asked) {
        absent.add(record.name() + " (" + record.status().word() + ")");
      }
    }
    var plan = new StringBuilder();
    plan.append("Restore from backup ")
        .append(backup.runId())
        .append(" (")
        .append(BackupText.trigger(backup))
        .append(", ")
        .append(BackupText.age(backup, session.now()))
        .append(", made on ")
        .append(SafeText.line(backup.host()))
        .append("):\n\n");
    table.lines().forEach(line -> plan.append(line).append('\n'));
    if (!absent.isEmpty()) {
      plan.append("\nNot in the backup, and left alone: ")
          .append(String.join(", ", absent))
          .append('\n');
    }
    return plan.append("\nWhat is there now is saved first, as a safety backup in ")
        .append(SafeText.line(opened.installation().repository().location()))
        .append(".\nIf anything fails, everything is put back as it is now.\n")
        .append("(--dry-run shows each change and makes none.)\n\n")
        .toString();
  }

  private static String places(Component component) {
    return String.join(
        ", ", component.handler().places().stream().map(FilePath::toString).toList());
  }

  /** What a restore did, or would do. */
  static void outcome(Session session, RestoreRequest request, RestoreOutcome outcome) {
    if (outcome.status() != RunStatus.COMPLETED) {
      return;
    }
    String parts = Formats.count(outcome.components().size(), "component");
    String from = " from backup " + outcome.backup().runId();
    String took =
        " in " + Formats.duration(Duration.between(outcome.startedAt(), outcome.finishedAt()));
    String where = request.destination().map(to -> " to " + to).orElse("");
    session.line(
        outcome.dryRun()
            ? "dry run: would restore " + parts + from + where + "; nothing was changed"
            : session.style().good("restored ") + parts + from + where + took);
    session.line("");
    if (outcome.dryRun() || session.options().verbose()) {
      outcome
          .components()
          .forEach(name -> changes(session, name, outcome.changes().getOrDefault(name, List.of())));
    } else {
      session.table(summary(outcome));
    }
    outcome
        .safetyBackup()
        .ifPresent(safety ->
            session.line(
                RestoreSelection.restorable(safety).isEmpty()
                    ? "\nThere was no former state to save; safety backup "
                        + safety.runId()
                        + " records that."
                    : "\nThe former state is in safety backup "
                        + safety.runId()
                        + "; 'holdfast restore "
                        + safety.runId()
                        + "' brings it back."));
  }

  private static Table summary(RestoreOutcome outcome) {
    var table = new Table("COMPONENT", "CHANGES");
    for (ComponentName name : outcome.components()) {
      table.row(name.value(), counts(outcome.changes().getOrDefault(name, List.of())));
    }
    return table;
  }

  private static void changes(Session session, ComponentName name, List<Change> changes) {
    Style style = session.style();
    session.line(style.bold(name.value()) + ": " + SafeText.line(counts(changes)));
    List<Change> real =
        changes.stream()
            .filter(change -> change.action() != Change.Action.UNCHANGED)
            .filter(change -> change.action() != Change.Action.SUMMARY)
            .toList();
    int most = session.options().verbose() ? Integer.MAX_VALUE : MOST_CHANGES;
    for (Change change : real.stream().limit(most).toList()) {
      String detail = change.detail().isEmpty() ? "" : " (" + change.detail() + ")";
      session.line(
          String.format("  %-9s ", change.action().word())
              + SafeText.line(change.subject() + detail));
    }
    if (real.size() > most) {
      session.line("  and " + (real.size() - most) + " more; --verbose shows all");
    }
  }

  /** How many changes of each sort; a handler that sums up itself knows those it did not list. */
  private static String counts(List<Change> changes) {
    List<String> sums =
        changes.stream()
            .filter(change -> change.action() == Change.Action.SUMMARY)
            .map(Change::detail)
            .toList();
    if (!sums.isEmpty()) {
      return String.join("; ", sums);
    }
    Map<Change.Action, Integer> counts = new EnumMap<>(Change.Action.class);
    changes.forEach(change -> counts.merge(change.action(), 1, Integer::sum));
    var words = new ArrayList<String>();
    counts.forEach((action, count) -> words.add(count + " " + words(action)));
    return words.isEmpty() ? "nothing changed" : String.join(", ", words);
  }

  private static String words(Change.Action action) {
    return switch (action) {
      case CREATE -> "created";
      case REPLACE -> "replaced";
      case REMOVE -> "removed";
      case METADATA -> "with other metadata";
      case UNCHANGED -> "unchanged";
      case SUMMARY -> "summed up";
    };
  }
}
