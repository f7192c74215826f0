package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.DoctorJson;
import io.holdfast.cli.json.FindingJson;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Style;
import io.holdfast.engine.component.Finding;
import java.util.List;
import java.util.Locale;

/** Tells what a doctor found, to people and as JSON. */
final class DoctorFindings {
  private DoctorFindings() {}

  /**
   * Tells it.
   *
   * @param good the last line if nothing is wrong
   * @param bad the last line if something is
   * @return failure if something is an error
   */
  static ExitCode tell(Session session, List<Examination.Result> results, String good, String bad) {
    boolean ok = results.stream().noneMatch(r -> r.finding().severity() == Finding.Severity.ERROR);
    var document =
        new DoctorJson(
            DoctorJson.SCHEMA, ok, results.stream().map(DoctorFindings::document).toList());
    session.answer(
        document,
        () -> {
          results.forEach(result -> line(session, result));
          session.line("");
          session.line(ok ? session.style().good(good) : session.style().bad(bad));
        });
    return ok ? ExitCode.OK : ExitCode.FAILED;
  }

  private static FindingJson document(Examination.Result result) {
    Finding finding = result.finding();
    return new FindingJson(
        finding.severity().name().toLowerCase(Locale.ROOT),
        result.area(),
        finding.subject(),
        finding.message(),
        finding.guidance().isEmpty() ? null : finding.guidance());
  }

  private static void line(Session session, Examination.Result result) {
    Style style = session.style();
    Finding finding = result.finding();
    String mark =
        switch (finding.severity()) {
          case OK -> style.good("ok     ");
          case WARNING -> style.warning("warning");
          case ERROR -> style.bad("error  ");
        };
    session.line(
        mark
            + "  "
            + SafeText.line(result.area() + ": " + finding.subject() + ": " + finding.message()));
    if (!finding.guidance().isEmpty()) {
      session.line("         " + SafeText.line(finding.guidance()));
    }
  }
}
