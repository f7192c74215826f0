package io.holdfast.cli.command;

import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Table;
import io.holdfast.server.document.ChangeJson;
import io.holdfast.server.document.RestoredComponentJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How the changes of a restore are shown to people. */
final class ChangeText {
  private static final int MOST_CHANGES = 50;

  private static final String UNCHANGED = "unchanged";
  private static final String SUMMARY = "summary";

  /** The words of actions in the order in which they are told, and how their numbers are. */
  private static final Map<String, String> COUNTED =
      Map.of(
          "create",
          "created",
          "replace",
          "replaced",
          "remove",
          "removed",
          "metadata",
          "with other metadata",
          UNCHANGED,
          UNCHANGED);

  private static final List<String> ORDER =
      List.of("create", "replace", "remove", "metadata", UNCHANGED);

  private ChangeText() {}

  /** How many changes of each sort, for each component. */
  static Table summary(List<RestoredComponentJson> components) {
    var table = new Table("COMPONENT", "CHANGES");
    components.forEach(component -> table.row(component.name(), counts(component.changes())));
    return table;
  }

  /** Each change. */
  static void list(Session session, RestoredComponentJson component) {
    session.line(
        session.style().bold(SafeText.line(component.name()))
            + ": "
            + SafeText.line(counts(component.changes())));
    List<ChangeJson> real =
        component.changes().stream()
            .filter(change -> !change.action().equals(UNCHANGED))
            .filter(change -> !change.action().equals(SUMMARY))
            .toList();
    int most = session.options().verbose() ? Integer.MAX_VALUE : MOST_CHANGES;
    for (ChangeJson change : real.stream().limit(most).toList()) {
      String detail = change.detail() == null ? "" : " (" + change.detail() + ")";
      session.line(
          SafeText.line(String.format("  %-9s ", change.action()) + change.subject() + detail));
    }
    if (real.size() > most) {
      session.line("  and " + (real.size() - most) + " more; --verbose shows all");
    }
  }

  /** How many changes of each sort; a handler that sums up itself knows those it did not list. */
  private static String counts(List<ChangeJson> changes) {
    List<String> sums =
        changes.stream()
            .filter(change -> change.action().equals(SUMMARY))
            .map(change -> Objects.requireNonNullElse(change.detail(), ""))
            .toList();
    if (!sums.isEmpty()) {
      return String.join("; ", sums);
    }
    var counts =
        new TreeMap<String, Integer>(
            Comparator.comparingInt((String action) -> place(action))
                .thenComparing(Comparator.naturalOrder()));
    changes.forEach(change -> counts.merge(change.action(), 1, Integer::sum));
    var words = new ArrayList<String>();
    counts.forEach(
        (action, count) -> words.add(count + " " + COUNTED.getOrDefault(action, action)));
    return words.isEmpty() ? "nothing changed" : String.join(", ", words);
  }

  private static int place(String action) {
    int place = ORDER.indexOf(action);
    return place < 0 ? ORDER.size() : place;
  }
}
