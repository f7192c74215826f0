package io.holdfast.cli.local;

import io.holdfast.cli.json.CopiedBackupJson;
import io.holdfast.cli.json.RepositoryCopyJson;
import io.holdfast.cli.target.Watch;
import io.holdfast.engine.copy.CopyOutcome;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.document.FailureJson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies backups between two repositories that this machine reaches.
 *
 * @param from where they are
 * @param to where they are to be
 */
public record LocalCopy(Opened from, Opened to) {
  /**
   * Copies.
   *
   * @param ids run ids, backup ids, {@code latest}; empty for all
   */
  public RepositoryCopyJson copy(List<String> ids, Watch watch) {
    try (var monitored = new Monitored(watch)) {
      Opened source = from.recovered(monitored.monitor());
      List<RunId> runs =
          ids.stream().map(source.engine().under(watch.cancellation())::resolve).toList();
      CopyOutcome outcome = to.engine().receive(source.engine(), runs, monitored.monitor());
      return new RepositoryCopyJson(
          RepositoryCopyJson.SCHEMA,
          outcome.isComplete(),
          from.installation().repository().location(),
          to.installation().repository().location(),
          outcome.backups().stream().map(LocalCopy::document).toList(),
          ids.isEmpty() ? source.engine().foreign().list().size() : 0,
          failure(outcome.failure()));
    }
  }

  private static CopiedBackupJson document(CopyOutcome.Backup backup) {
    return new CopiedBackupJson(
        backup.run().value(), backup.result().word(), backup.bytes(), failure(backup.failure()));
  }

  private static @Nullable FailureJson failure(Optional<ComponentRecord.Failure> failure) {
    return failure
        .map(why ->
            new FailureJson(
                why.code().name(), why.message(), why.guidance().isEmpty() ? null : why.guidance()))
        .orElse(null);
  }
}
