package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.RepositoryCheckJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code repository}. */
@Command(
    name = "repository",
    description = "Look after the place where backups are kept.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = RepositoryCommand.Check.class)
final class RepositoryCommand extends GroupCommand {

  /** {@code repository check}. */
  @Command(
      name = "check",
      description = "Check the whole repository: its structure, and every byte of every backup.")
  static final class Check extends Operation {
    @Option(
        names = "--structure-only",
        description = "Do not read the content of artifacts: quick, and blind to flipped bits.")
    private boolean structureOnly;

    @Mixin private RepositoryOption repository;

    @Override
    ExitCode run(Session session) throws Exception {
      try (Opened opened = Opened.of(session, repository.path())) {
        List<RepositoryProblem> problems;
        try (var watch = new RunWatch(session)) {
          opened.recovered(watch.monitor());
          problems = opened.engine().check(!structureOnly, watch.monitor());
        }
        int backups = opened.engine().list().size();
        String location = opened.installation().repository().location();
        var document =
            new RepositoryCheckJson(
                RepositoryCheckJson.SCHEMA,
                location,
                problems.isEmpty(),
                !structureOnly,
                backups,
                problems.stream().map(Documents::problem).toList());
        session.confirm(document, () -> tell(session, location, backups, problems));
        return problems.isEmpty() ? ExitCode.OK : session.fail(failure(location, problems));
      }
    }

    private void tell(
        Session session, String location, int backups, List<RepositoryProblem> problems) {
      if (problems.isEmpty()) {
        session.line(
            location
                + ": "
                + Formats.count(backups, "backup")
                + ", "
                + session.style().good("no problem found")
                + (structureOnly ? " (content was not read)" : ""));
      } else {
        session.line(location + ": " + session.style().bad(count(problems)));
        ProblemText.show(session, problems);
      }
    }

    private static String count(List<RepositoryProblem> problems) {
      return Formats.count(problems.size(), "problem");
    }

    private static HoldfastException failure(String location, List<RepositoryProblem> problems) {
      return new HoldfastException(
              ErrorCode.ARTIFACT_CORRUPT,
              count(problems) + " found in " + location,
              "Make a new backup now, and look at the storage. A damaged backup can be deleted with"
                  + " 'backup delete'; what is sound in it can still be restored with --component.")
          .with("repository", location);
    }
  }
}
