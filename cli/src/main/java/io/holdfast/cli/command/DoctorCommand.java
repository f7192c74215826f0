package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.local.Opened;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.server.configuration.ServerExamination;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}. */
@Command(
    name = "doctor",
    description =
        "Look at everything that a backup or a restore needs, and say what is wrong; changes nothing.",
    subcommands = DoctorCommand.OfRepository.class)
final class DoctorCommand extends Operation {
  @Override
  ExitCode run(Session session) throws Exception {
    try (Opened opened = Targets.here(session)) {
      List<Finding> server =
          new ServerExamination(
                  opened.environment().files(),
                  name -> session.surroundings().variable(String.valueOf(name)).orElse(null))
              .of(opened.server());
      return DoctorFindings.tell(
          session,
          new Examination(opened, server, session.now()).results(),
          "Nothing stands in the way.",
          "Something is wrong.");
    }
  }

  /** {@code doctor repository}. */
  @Command(
      name = "repository",
      description =
          "Try whether the storage of a vault keeps its promises, with files of its own that are"
              + " removed afterwards.")
  static final class OfRepository extends Operation {
    @Mixin private RepositoryOption repository;

    @Override
    ExitCode run(Session session) throws Exception {
      try (Opened opened = opened(session)) {
        var place = opened.installation().repository();
        List<Finding> tried = place.tryPlace(new Cancellation());
        var findings = new ArrayList<Finding>(tried);
        if (tried.isEmpty()) {
          findings.add(
              new Finding(
                  Severity.OK,
                  place.location(),
                  "a repository of kind " + place.kind() + " asks for nothing to be tried",
                  ""));
        } else if (opened.engine().upkeep().isUsed() && !place.isMade()) {
          // What was tried is not the storage that keeps the backups.
          findings.add(RepositoryExamination.notMade(opened, place.location()));
        }
        return DoctorFindings.tell(
            session,
            findings.stream().map(f -> new Examination.Result("storage", f)).toList(),
            findings.stream().allMatch(finding -> finding.severity() == Severity.WARNING)
                ? "Nothing was tried."
                : "The storage keeps what a vault needs.",
            "The storage does not keep what a vault needs.");
      }
    }

    private Opened opened(Session session) throws Exception {
      Optional<String> named = repository.path();
      if (named.isEmpty()) {
        return Targets.here(session);
      }
      Targets.requireHere(session, "It tries the storage from this machine.");
      return Opened.repository(session.surroundings(), named.get());
    }
  }
}
