package io.holdfast.engine.configuration;

import java.util.List;

/**
 * The cause of a {@code CONFIGURATION_INVALID}, for those who want the problems one by one: an
 * editor, a JSON document.
 */
public final class InvalidSettings extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidSettings(List<Problem> problems) {
    super(problems.size() + " problems");
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order of the file; at least one problem. */
  public List<Problem> problems() {
    return problems == null ? List.of() : problems;
  }
}
