package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.terminal.Consent;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RestoreOrderJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}. */
@Command(
    name = "restore",
    description = {
      "Restore a backup: all components or none, after a safety backup of the present state.",
      "With --to, restore to another directory, and leave the present state alone."
    })
final class RestoreCommand extends Operation {
  @Parameters(paramLabel = "ID", description = "A run id, a backup id, or 'latest'.")
  private String id;

  @Mixin private ComponentOption components;

  @Option(
      names = "--dry-run",
      description = "Do everything but the change itself, and say what would change.")
  private boolean dryRun;

  @Option(names = "--confirm", description = "Consent; without it, a terminal is asked.")
  private boolean confirm;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "Restore into this directory, which must be empty or missing; each component gets a"
              + " directory of its name. Needs no consent.")
  private @Nullable String destination;

  @Option(
      names = "--delta",
      description =
          "Read from the repository only what differs from what is live; the rest is taken from"
              + " there, and compared all the same.")
  private boolean delta;

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    try (Target target = Targets.of(session, repository.path())) {
      if (destination == null && repository.path().isPresent()) {
        throw new HoldfastException(
            ErrorCode.USAGE,
            "with --repository there is no configuration that says where to restore to",
            "Add --to DIR, or use a configuration in place of --repository.");
      }
      if (destination != null && delta) {
        throw new HoldfastException(
            ErrorCode.USAGE,
            "with --to there is nothing live that --delta could take anything from",
            "Leave out --delta, or --to.");
      }
      RestoreOrderJson order;
      try (var watch = new RunWatch(session)) {
        target.recover(watch);
        order =
            new RestoreOrderJson(
                target.resolve(id, components.names()),
                components.names(),
                destination == null && !dryRun,
                dryRun,
                destination,
                delta ? true : null);
      }
      if (destination == null && !dryRun) {
        consent(session, target, order);
      }
      RestoreJson restore;
      try (var watch = new RunWatch(session)) {
        restore = target.restore(order, watch);
      }
      session.confirm(restore, () -> RestoreText.outcome(session, target, restore));
      return RestoreEnding.of(session, restore);
    }
  }

  private void consent(Session session, Target target, RestoreOrderJson order) {
    BackupJson backup = target.show(String.valueOf(order.backupId()));
    Consent.require(
        session.surroundings(),
        confirm,
        !session.options().json(),
        confirm ? "" : RestoreText.plan(session, target, backup, components.names()),
        "restore");
  }
}
