package io.holdfast.store.files;

import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.Change.Action;
import io.holdfast.engine.file.FilePath;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Changes for people: the first thousand one by one, and the totals of all. Not thread-safe. */
final class ChangeList {
  private static final int LISTED = 1000;

  private final List<Change> listed = new ArrayList<>();
  private final Map<Action, Long> totals = new EnumMap<>(Action.class);

  /** Counts a change, and lists it unless it is none. */
  void add(Action action, FilePath path, String detail) {
    totals.merge(action, 1L, Long::sum);
    if (action != Action.UNCHANGED && listed.size() < LISTED) {
      listed.add(new Change(action, path.toString(), detail));
    }
  }

  /** What was listed, and last a summary with the totals. */
  List<Change> toList(FilePath subject) {
    String detail =
        totals.entrySet().stream()
            .map(total -> total.getValue() + " " + word(total.getKey()))
            .collect(Collectors.joining(", "));
    var all = new ArrayList<>(listed);
    all.add(new Change(Action.SUMMARY, subject.toString(), detail.isEmpty() ? "nothing" : detail));
    return List.copyOf(all);
  }

  private static String word(Action action) {
    return switch (action) {
      case CREATE -> "created";
      case REPLACE -> "replaced";
      case REMOVE -> "removed";
      case METADATA -> "with other metadata";
      case UNCHANGED -> "unchanged";
      case SUMMARY -> action.name().toLowerCase(Locale.ROOT);
    };
  }
}
