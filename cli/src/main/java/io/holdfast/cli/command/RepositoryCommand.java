package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.target.SignatureReport;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.RepositoryCheckJson;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code repository}. */
@Command(
    name = "repository",
    description = "Look after the place where backups are kept.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RepositoryCommand.Check.class, RepositoryCopyCommand.class})
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

    @Mixin private SignatureOption signatures;

    @Mixin private RepositoryOption repository;

    @Override
    ExitCode run(Session session) throws Exception {
      try (Target target = Targets.of(session, repository.path())) {
        RepositoryCheckJson result;
        Optional<SignatureReport> report;
        try (var watch = new RunWatch(session)) {
          target.recover(watch);
          report = signatures.look(target, watch);
          result = SignatureOption.with(target.check(!structureOnly, watch), report);
        }
        session.confirm(
            result,
            () -> {
              tell(session, result);
              report.ifPresent(found -> SignatureOption.tell(session, found));
            });
        return result.ok() ? ExitCode.OK : session.fail(failure(result));
      }
    }

    private static void tell(Session session, RepositoryCheckJson result) {
      String location = SafeText.line(result.repository());
      if (result.ok()) {
        session.line(
            location
                + ": "
                + Formats.count(result.backups(), "backup")
                + ", "
                + session.style().good("no problem found")
                + (result.readData() ? "" : " (content was not read)"));
      } else {
        session.line(location + ": " + session.style().bad(count(result)));
        ProblemText.show(session, result.problems());
      }
    }

    private static String count(RepositoryCheckJson result) {
      return Formats.count(result.problems().size(), "problem");
    }

    private static HoldfastException failure(RepositoryCheckJson result) {
      return new HoldfastException(
              ErrorCode.ARTIFACT_CORRUPT,
              count(result) + " found in " + result.repository(),
              "Make a new backup now, and look at the storage. A damaged backup can be deleted with"
                  + " 'backup delete'; what is sound in it can still be restored with --component.")
          .with("repository", result.repository());
    }
  }
}
