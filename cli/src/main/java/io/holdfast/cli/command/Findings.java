package io.holdfast.cli.command;

import io.holdfast.engine.backup.Failures;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.error.HoldfastException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gathers what an examination finds, in the order in which it does. Not thread-safe. */
final class Findings {
  private final List<Examination.Result> results = new ArrayList<>();

  /** All so far. */
  List<Examination.Result> all() {
    return List.copyOf(results);
  }

  /** Adds one. */
  void add(String area, Finding finding) {
    results.add(new Examination.Result(area, finding));
  }

  /** Takes a step whose failure is itself a finding. */
  void step(String area, String subject, Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException thrown) {
      HoldfastException error = Failures.of(subject, thrown);
      // One line tells one thing.
      error
          .message()
          .lines()
          .forEach(line -> add(Severity.ERROR, area, subject, line, error.guidance()));
    }
  }

  void ok(String area, String subject, String message) {
    add(Severity.OK, area, subject, message, "");
  }

  void add(Severity severity, String area, String subject, String message, String guidance) {
    add(area, new Finding(severity, subject, message, guidance));
  }

  /** A step of an examination. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }
}
