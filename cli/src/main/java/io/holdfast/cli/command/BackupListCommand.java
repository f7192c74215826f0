package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.BackupListJson;
import io.holdfast.cli.json.SnapshotJson;
import io.holdfast.cli.target.BackupListing;
import io.holdfast.cli.target.ListedBackup;
import io.holdfast.cli.target.Target;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backup list}. */
@Command(name = "list", description = "List backups, newest first.")
final class BackupListCommand extends Operation {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many; 0 (the default) for all.")
  private int limit;

  @Option(
      names = "--failed",
      description = "Instead, runs that published nothing: failed, cancelled, timed out.")
  private boolean failed;

  @Option(
      names = "--installation",
      paramLabel = "NAME",
      description = "Only backups of this installation, where several share the repository.")
  private @Nullable String installation;

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    if (limit < 0) {
      throw new HoldfastException(
          ErrorCode.USAGE, "--limit must not be negative: " + limit, "Use 0 for all.");
    }
    try (Target target = Targets.of(session, repository.path())) {
      try (var watch = new RunWatch(session)) {
        target.recover(watch);
      }
      // What is left out counts for no limit.
      int asked = installation == null ? limit : 0;
      BackupListing all = failed ? target.listFailed(asked) : target.list(asked);
      BackupListing listing = installation == null ? all : all.of(installation, limit);
      listing.warnings().forEach(session::warn);
      List<SnapshotJson> snapshots = failed ? List.of() : target.foreign().list();
      var document =
          new BackupListJson(
              BackupListJson.SCHEMA,
              listing.repository(),
              listing.backups().stream().map(ListedBackup::document).toList(),
              snapshots.isEmpty() ? null : snapshots);
      session.answer(
          document,
          () -> {
            ListText.show(session, listing, failed);
            SnapshotText.list(session, snapshots);
          });
      return ExitCode.OK;
    }
  }
}
