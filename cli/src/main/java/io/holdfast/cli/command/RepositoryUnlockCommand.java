package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.RepositoryUnlockJson;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.SafeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code repository unlock}. */
@Command(
    name = "unlock",
    description =
        "Remove from a vault the locks of processes that died, or did not renew theirs for half an"
            + " hour.")
final class RepositoryUnlockCommand extends Operation {
  @Option(
      names = "--remove-all",
      description = "All locks, even of processes at work: these then fail.")
  private boolean all;

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    try (Opened opened = Targets.here(session, repository.path())) {
      if (all) {
        session.warn(
            "backups that are at work on the repository now will fail, and a program that does not"
                + " look after its lock may write a backup that lacks data");
      }
      int removed = opened.engine().upkeep().unlock(all);
      String location = opened.installation().repository().location();
      session.confirm(
          new RepositoryUnlockJson(RepositoryUnlockJson.SCHEMA, location, removed),
          () ->
              session.line(
                  SafeText.line(location)
                      + ": "
                      + (removed == 0
                          ? "no lock to remove"
                          : removed == 1 ? "1 lock removed" : removed + " locks removed")));
      return ExitCode.OK;
    }
  }
}
