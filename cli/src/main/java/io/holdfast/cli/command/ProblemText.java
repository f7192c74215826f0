package io.holdfast.cli.command;

import io.holdfast.cli.terminal.SafeText;
import io.holdfast.server.document.ProblemJson;
import java.util.List;

/** How problems of a repository are shown to people. */
final class ProblemText {
  private static final int MOST_SHOWN = 100;

  private ProblemText() {}

  /** With its subject once: a message may name it too, and some problems have none. */
  private static String text(ProblemJson problem) {
    return problem.subject().isEmpty()
        ? problem.message()
        : problem.subject() + ": " + problem.message().replace(problem.subject() + ": ", "");
  }

  static void show(Session session, List<ProblemJson> problems) {
    problems.stream()
        .limit(MOST_SHOWN)
        .forEach(problem ->
            session.line(
                "  "
                    + SafeText.line(
                        (problem.runId() == null ? "" : problem.runId() + ": ") + text(problem))));
    if (problems.size() > MOST_SHOWN) {
      session.line("  and " + (problems.size() - MOST_SHOWN) + " more; --json tells all");
    }
  }
}
