package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.DoctorJson;
import io.holdfast.cli.json.FindingJson;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Style;
import io.holdfast.engine.component.Finding;
import io.holdfast.server.configuration.ServerExamination;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code doctor}. */
@Command(
    name = "doctor",
    description =
        "Look at everything that a backup or a restore needs, and say what is wrong; changes nothing.")
final class DoctorCommand extends Operation {
  @Override
  ExitCode run(Session session) throws Exception {
    try (Opened opened = Targets.here(session)) {
      List<Finding> server =
          new ServerExamination(
                  opened.environment().files(),
                  name -> session.surroundings().variable(String.valueOf(name)).orElse(null))
              .of(opened.server());
      List<Examination.Result> results = new Examination(opened, server, session.now()).results();
      boolean ok =
          results.stream().noneMatch(r -> r.finding().severity() == Finding.Severity.ERROR);
      var document =
          new DoctorJson(
              DoctorJson.SCHEMA, ok, results.stream().map(DoctorCommand::document).toList());
      session.answer(document, () -> tell(session, results, ok));
      return ok ? ExitCode.OK : ExitCode.FAILED;
    }
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

  private static void tell(Session session, List<Examination.Result> results, boolean ok) {
    Style style = session.style();
    for (Examination.Result result : results) {
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
    session.line("");
    session.line(ok ? style.good("Nothing stands in the way.") : style.bad("Something is wrong."));
  }
}
