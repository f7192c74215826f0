package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.RepositoryPruneJson;
import io.holdfast.cli.local.Monitored;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.PruneOutcome;
import io.holdfast.engine.repository.UnusedLimit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code repository prune}. */
@Command(
    name = "prune",
    description = {
      "Remove from a vault what no backup needs any more, while backups and restores go on.",
      "Deleting a backup frees nothing in a vault before that."
    })
final class RepositoryPruneCommand extends Operation {
  @Option(
      names = "--max-unused",
      paramLabel = "P%|unlimited",
      defaultValue = "5%",
      description =
          "How much of what stays may be of no use; what is above that is freed by moving what is"
              + " of use. The default is 5 percent; with 'unlimited' nothing is moved.")
  private String maxUnused;

  @Option(names = "--dry-run", description = "Tell what would be done, and change nothing.")
  private boolean dryRun;

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    UnusedLimit limit = limit(maxUnused);
    try (Opened opened =
        dryRun
            ? Targets.here(session, repository.path())
            : Targets.hereToChange(session, repository.path())) {
      PruneOutcome outcome;
      try (var watch = new RunWatch(session);
          var monitored = new Monitored(watch)) {
        outcome = opened.engine().upkeep().prune(limit, dryRun, monitored.monitor());
      }
      String location = opened.installation().repository().location();
      session.confirm(document(location, outcome), () -> tell(session, location, outcome));
      return ExitCode.OK;
    }
  }

  private static UnusedLimit limit(String text) {
    if (text.equals("unlimited")) {
      return UnusedLimit.UNLIMITED;
    }
    if (text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?%?")) {
      double percent = Double.parseDouble(text.replace("%", ""));
      if (percent <= 100) {
        return new UnusedLimit(percent);
      }
    }
    throw new HoldfastException(
        ErrorCode.USAGE,
        "--max-unused is no percentage: " + text,
        "Say 5%, 0% to move all that can be moved, or unlimited to move nothing.");
  }

  private static RepositoryPruneJson document(String location, PruneOutcome outcome) {
    return new RepositoryPruneJson(
        RepositoryPruneJson.SCHEMA,
        location,
        outcome.dryRun(),
        outcome.snapshots(),
        outcome.freedBytes(),
        packs(outcome.deleted()),
        packs(outcome.repacked()),
        packs(outcome.written()),
        packs(outcome.kept()),
        packs(outcome.waiting()),
        outcome.waitingFor(),
        outcome.unusedBytes());
  }

  private static RepositoryPruneJson.Packs packs(PruneOutcome.Packs packs) {
    return new RepositoryPruneJson.Packs(packs.count(), packs.bytes());
  }

  private static void tell(Session session, String location, PruneOutcome outcome) {
    if (outcome.deleted().count() + outcome.repacked().count() + outcome.waiting().count() == 0) {
      session.line(SafeText.line(location) + ": there is nothing to prune.");
      return;
    }
    session.line(
        SafeText.line(location)
            + ": "
            + Formats.size(Math.max(0, outcome.freedBytes()))
            + (outcome.dryRun() ? " would be freed" : " freed"));
    line(session, "deleted", outcome.deleted());
    line(session, "moved together", outcome.repacked());
    line(session, "  into", outcome.written());
    line(session, "kept", outcome.kept());
    session.line("  of that unused: " + Formats.size(outcome.unusedBytes()));
    if (outcome.waiting().count() > 0) {
      session.line(
          "waiting: "
              + describe(outcome.waiting())
              + ", which a later prune deletes, when "
              + (outcome.waitingFor() == 1 ? "one process" : outcome.waitingFor() + " processes")
              + " now at work will have ended");
    }
  }

  private static void line(Session session, String what, PruneOutcome.Packs packs) {
    session.line(what + ": " + describe(packs));
  }

  private static String describe(PruneOutcome.Packs packs) {
    return Formats.count(packs.count(), "pack") + ", " + Formats.size(packs.bytes());
  }
}
