package io.holdfast.engine.configuration;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Collects what is wrong in one file, so that its reader is told all of it at once. Not
 * thread-safe.
 */
final class Problems {
  private static final int MOST_TOLD = 40;

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  /**
   * @param file where the configuration comes from, for people
   */
  Problems(String file) {
    this.file = file;
  }

  void add(Place place, String key, String what, String allowed) {
    var problem = new Problem(file, place.line(), place.column(), key, what, allowed);
    // A key may be asked for twice, by an installation and by its repository.
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /** All so far, in the order of the file. */
  List<Problem> all() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }

  /**
   * Goes on if nothing was wrong.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID} with every problem, one a line
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  HoldfastException exception() {
    String head =
        found.size() == 1 ? file + " has a problem" : file + " has " + found.size() + " problems";
    String lines =
        all().stream()
            .limit(MOST_TOLD)
            .map(problem -> "\n  " + problem)
            .collect(Collectors.joining());
    String more = found.size() > MOST_TOLD ? "\n  and " + (found.size() - MOST_TOLD) + " more" : "";
    return new HoldfastException(
            ErrorCode.CONFIGURATION_INVALID,
            head + ":" + lines + more,
            "Correct what is listed and try again; docs/configuration.md describes every key.",
            new InvalidSettings(all()))
        .with("file", file);
  }
}
