package io.holdfast.cli.remote;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupSummaryJson;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The newest completed backup that holds some components: what {@code latest} means to a restore of
 * those. By the rules of the engine, which a server applies to full backups only.
 */
final class LatestBackup {
  private final Api api;
  private final @Nullable String own;

  /**
   * @param own the name of the server's installation; null if it has none
   */
  LatestBackup(Api api, @Nullable String own) {
    this.api = api;
    this.own = own;
  }

  /**
   * Finds it.
   *
   * @return its run id
   * @throws HoldfastException {@code BACKUP_NOT_FOUND}; {@code MANIFEST_CORRUPT} or {@code
   *     FORMAT_UNSUPPORTED} if it would pass over a newer one that cannot be read
   */
  String holding(List<String> components) {
    var found = new AtomicReference<@Nullable String>();
    new Pages(api)
        .backups(
            0,
            backup -> {
              if (!isOwn(backup) && !RemoteBackups.isUnreadable(backup)) {
                return true;
              }
              requireReadable(backup);
              String run = backup.runId();
              if (run != null && isCandidate(backup, components) && holds(run, components)) {
                found.set(run);
              }
              return found.get() == null;
            });
    String run = found.get();
    if (run == null) {
      throw new HoldfastException(
          ErrorCode.BACKUP_NOT_FOUND,
          "there is no completed backup that holds " + String.join(", ", components),
          "'holdfast backup list' shows the backups that exist.");
    }
    return run;
  }

  private void requireReadable(BackupSummaryJson backup) {
    boolean unsupported = backup.status().equals("unsupported");
    boolean another = backup.installation() != null && !isOwn(backup);
    if (RemoteBackups.isUnreadable(backup)
        && !another
        && !"pre_migration".equals(backup.trigger())) {
      throw new HoldfastException(
          unsupported ? ErrorCode.FORMAT_UNSUPPORTED : ErrorCode.MANIFEST_CORRUPT,
          "'latest' would pass over backup "
              + Objects.requireNonNullElse(backup.runId(), "of which nobody can tell the run")
              + (backup.failure() == null ? "" : ": " + backup.failure().message()),
          "Name an older backup by its id to use that one; 'holdfast backup list' shows them.");
    }
  }

  private boolean isOwn(BackupSummaryJson backup) {
    return Objects.equals(backup.installation(), own);
  }

  private static boolean isCandidate(BackupSummaryJson backup, List<String> components) {
    return backup.status().equals("completed")
        && backup.safetyFor() == null
        && backup.components() != null
        && backup.components().containsAll(components);
  }

  private boolean holds(String run, List<String> components) {
    BackupJson backup = api.get(ApiPath.of("admin", "backups", run), BackupJson.class);
    return components.stream()
        .allMatch(name ->
            backup.components().stream()
                .anyMatch(c -> c.name().equals(name) && c.status().equals("completed")));
  }
}
