package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.SnapshotJson;
import io.holdfast.cli.json.SnapshotRestoreJson;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.terminal.Consent;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RestoreOrderJson;
import java.util.Optional;
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

  @Option(
      names = "--installation",
      paramLabel = "NAME",
      description =
          "With --repository: whose backups 'latest' means, where several installations share it.")
  private @Nullable String installation;

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    try (Target target = Targets.of(session, repository.path(), owner())) {
      Optional<SnapshotJson> snapshot = target.foreign().find(id);
      if (snapshot.isPresent()) {
        return restore(session, target, snapshot.get());
      }
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

  private Optional<InstallationName> owner() {
    String name = installation;
    if (name == null) {
      return Optional.empty();
    }
    if (repository.path().isEmpty() || !InstallationName.isInstallationName(name)) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "--installation " + name + " says nothing without --repository, or is no name",
          "A configuration says which installation it is; name a backup of another by its id. A name"
              + " is "
              + InstallationName.ALLOWED
              + ".");
    }
    return Optional.of(new InstallationName(name));
  }

  private ExitCode restore(Session session, Target target, SnapshotJson snapshot) throws Exception {
    String name = SnapshotText.name(snapshot);
    if (destination == null) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "snapshot " + name + " is of another program, and no component is where it came from",
          "Add --to DIR, and take from there what you need.");
    }
    if (!components.names().isEmpty()) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "snapshot " + name + " is of another program and has no components",
          "Leave --component out, and take from DIR what you need.");
    }
    SnapshotRestoreJson restore;
    try (var watch = new RunWatch(session)) {
      restore = target.foreign().restore(snapshot, destination, dryRun, watch);
    }
    session.confirm(restore, () -> SnapshotText.outcome(session, snapshot, restore));
    return ExitCode.OK;
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
