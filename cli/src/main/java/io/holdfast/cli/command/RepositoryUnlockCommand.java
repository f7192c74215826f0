package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.LockJson;
import io.holdfast.cli.json.RepositoryUnlockJson;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.repository.Unlocking;
import java.time.Instant;
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
      Unlocking done = opened.engine().upkeep().unlock(all);
      String location = opened.installation().repository().location();
      session.confirm(
          new RepositoryUnlockJson(
              RepositoryUnlockJson.SCHEMA,
              location,
              done.removed(),
              done.left().stream().map(RepositoryUnlockCommand::document).toList()),
          () -> tell(session, location, done));
      return ExitCode.OK;
    }
  }

  private static LockJson document(Unlocking.Left lock) {
    return new LockJson(lock.holder(), lock.since().map(Instant::toString).orElse(null));
  }

  private static void tell(Session session, String location, Unlocking done) {
    int left = done.left().size();
    session.line(
        SafeText.line(location)
            + ": "
            + (done.removed() == 0
                ? "no lock to remove"
                : Formats.count(done.removed(), "lock") + " removed")
            + (left == 0
                ? ""
                : ", " + Formats.count(left, "lock") + (left == 1 ? " stays:" : " stay:")));
    for (Unlocking.Left lock : done.left()) {
      session.line(
          "  of "
              + SafeText.line(lock.holder())
              + lock.since()
                  .map(time -> ", put or renewed " + Formats.age(time, session.now()))
                  .orElse(""));
    }
    if (left > 0) {
      session.line(
          "Whoever put "
              + (left == 1 ? "it" : "them")
              + " may be at work. If that is not so, --remove-all removes "
              + (left == 1 ? "it" : "them")
              + " too.");
    }
  }
}
