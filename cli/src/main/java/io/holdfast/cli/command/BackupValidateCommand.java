package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.document.BackupValidateJson;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.ValidationJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup validate}. */
@Command(
    name = "validate",
    description = "Read every byte of a backup and compare it with its checksums.")
final class BackupValidateCommand extends Operation {
  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "A run id, a backup id, or 'latest' (the default).",
      defaultValue = "latest")
  private String id;

  @Option(names = "--all", description = "All backups.")
  private boolean all;

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    try (Opened opened = Opened.of(session, repository.path())) {
      Map<RunId, List<RepositoryProblem>> results = new LinkedHashMap<>();
      try (var watch = new RunWatch(session)) {
        opened.recovered(watch.monitor());
        for (RunId run : runs(opened)) {
          results.put(run, opened.engine().validate(run, watch.monitor()));
        }
      }
      long damaged = results.values().stream().filter(problems -> !problems.isEmpty()).count();
      var document =
          new BackupValidateJson(
              BackupValidateJson.SCHEMA,
              damaged == 0,
              results.entrySet().stream().map(BackupValidateCommand::document).toList());
      session.confirm(document, () -> tell(session, results));
      return damaged == 0
          ? ExitCode.OK
          : session.fail(
              new HoldfastException(
                  ErrorCode.ARTIFACT_CORRUPT,
                  Formats.count(damaged, "backup")
                      + (damaged == 1 ? " is" : " are")
                      + " damaged, of "
                      + results.size()
                      + " validated",
                  "Make a new backup now, and look at the storage. What is sound in a damaged backup"
                      + " can still be restored with --component."));
    }
  }

  private List<RunId> runs(Opened opened) {
    return all
        ? opened.engine().list().stream().map(BackupEntry::runId).toList()
        : List.of(opened.engine().resolve(id));
  }

  private static ValidationJson document(Map.Entry<RunId, List<RepositoryProblem>> result) {
    return new ValidationJson(
        result.getKey().value(),
        result.getValue().isEmpty(),
        result.getValue().stream().map(Documents::problem).toList());
  }

  private static void tell(Session session, Map<RunId, List<RepositoryProblem>> results) {
    if (results.isEmpty()) {
      session.line("There is no backup to validate.");
    }
    results.forEach((run, problems) -> {
      session.line(
          "backup "
              + run
              + ": "
              + (problems.isEmpty()
                  ? session.style().good("sound")
                  : session.style().bad("damaged")));
      ProblemText.show(session, problems);
    });
  }
}
