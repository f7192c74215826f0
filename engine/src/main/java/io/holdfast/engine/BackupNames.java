package io.holdfast.engine;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;

/**
 * Finds the run that a text names: wherever a run id is accepted, so are a backup id and {@code
 * latest}.
 */
final class BackupNames {
  private static final String LATEST = "latest";

  private BackupNames() {}

  static RunId resolve(String id, Repository repository) throws IOException {
    if (RunId.isRunId(id)) {
      return new RunId(id);
    }
    boolean latest = id.equals(LATEST);
    if (!latest && !BackupId.isBackupId(id)) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "'"
              + io.holdfast.engine.file.FilePath.display(
                  id.getBytes(java.nio.charset.StandardCharsets.UTF_8))
              + "' is no id of a backup",
          "An id is a run id such as 20261120-143000-000001, a backup id of 12 hexadecimal digits, or 'latest'. 'holdfast backup list'"
              + " shows them.");
    }
    for (BackupEntry entry : repository.list()) {
      if (entry instanceof BackupEntry.Readable(var manifest, long stored)) {
        boolean wanted =
            latest
                ? manifest.status() == RunStatus.COMPLETED && !manifest.isSafetyBackup()
                : manifest.backupId().value().equals(id);
        if (wanted) {
          return manifest.runId();
        }
      }
    }
    throw new HoldfastException(
        ErrorCode.BACKUP_NOT_FOUND,
        latest
            ? "there is no completed backup in " + repository.location()
            : "no backup in " + repository.location() + " has the id " + id,
        "'holdfast backup list' shows the backups that exist.");
  }
}
