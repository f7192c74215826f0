package io.holdfast.engine;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.foreign.ForeignSnapshot;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds the run that a text names: wherever a run id is accepted, so are a backup id and {@code
 * latest}.
 */
final class BackupNames {
  private static final String LATEST = "latest";

  private BackupNames() {}

  /**
   * @param components what {@code latest} has to hold; empty for a full backup, or, where there is
   *     none, the newest of some components
   * @throws HoldfastException {@code MANIFEST_CORRUPT} if {@code latest} would pass over a newer
   *     backup that cannot be read: which one is restored must not depend on damage
   */
  static RunId resolve(String id, List<ComponentName> components, Installation installation)
      throws IOException {
    Repository repository = installation.repository();
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
    if (latest) {
      return latest(components, installation);
    }
    for (BackupEntry entry : repository.list()) {
      if (entry instanceof BackupEntry.Readable(var manifest, long stored)
          && manifest.backupId().value().equals(id)) {
        return manifest.runId();
      }
    }
    throw unknown("no backup in " + repository.location() + " has the id " + id);
  }

  /**
   * The snapshot of another program that a text names. An id of 12 digits is that of a backup
   * first.
   */
  static Optional<ForeignSnapshot> foreign(String id, Repository repository) throws IOException {
    Optional<ForeignSnapshot> found = repository.foreign().find(id);
    if (found.isEmpty() || !BackupId.isBackupId(id)) {
      return found;
    }
    boolean own =
        repository.list().stream()
            .anyMatch(entry ->
                entry instanceof BackupEntry.Readable(var manifest, long stored)
                    && manifest.backupId().value().equals(id));
    return own ? Optional.empty() : found;
  }

  private static RunId latest(List<ComponentName> components, Installation installation)
      throws IOException {
    Repository repository = installation.repository();
    for (RepositoryProblem unknown : repository.unreadable()) {
      throw passedOver(unknown);
    }
    Optional<RunId> ofSome = Optional.empty();
    boolean partial = false;
    boolean others = false;
    List<BackupEntry> entries = repository.list();
    Optional<InstallationName> own = Whose.latest(installation, entries);
    for (BackupEntry entry : entries) {
      switch (entry) {
        case BackupEntry.Corrupt corrupt -> {
          if (corrupt.mayBeOf(own)
              && corrupt.trigger().filter(Trigger.PRE_MIGRATION::equals).isEmpty()) {
            throw passedOver(corrupt);
          }
        }
        case BackupEntry.Readable(var manifest, long stored) -> {
          if (!manifest.installation().equals(own)) {
            others = true;
            continue;
          }
          partial |= manifest.status() == RunStatus.PARTIAL;
          if (manifest.isSafetyBackup()) {
            continue;
          }
          if (!components.isEmpty()) {
            if (manifest.status().isPublished() && holds(manifest, components)) {
              return manifest.runId();
            }
          } else if (manifest.status() == RunStatus.COMPLETED) {
            if (manifest.isFull()) {
              return manifest.runId();
            }
            if (ofSome.isEmpty()) {
              ofSome = Optional.of(manifest.runId());
            }
          }
        }
      }
    }
    boolean partials = partial;
    boolean ofOthers = others;
    return ofSome.orElseThrow(() ->
        unknown(
            "there is no completed backup in "
                + repository.location()
                + (components.isEmpty() ? "" : " that holds " + words(components))
                + (ofOthers ? Whose.of(own) : "")
                + (partials && components.isEmpty()
                    ? "; of partial ones, name the components with --component, or the backup by its"
                        + " id"
                    : "")));
  }

  private static boolean holds(Manifest manifest, List<ComponentName> components) {
    return components.stream()
        .allMatch(
            name -> manifest.component(name).filter(ComponentRecord::isRestorable).isPresent());
  }

  private static String words(List<ComponentName> components) {
    return String.join(", ", components.stream().map(ComponentName::value).toList());
  }

  private static HoldfastException passedOver(BackupEntry.Corrupt corrupt) {
    return new HoldfastException(
        corrupt.unsupported() ? ErrorCode.FORMAT_UNSUPPORTED : ErrorCode.MANIFEST_CORRUPT,
        "'latest' would pass over backup " + corrupt.runId() + ": " + corrupt.reason(),
        "Name an older backup by its id to use that one; 'holdfast backup list' shows them.");
  }

  private static HoldfastException passedOver(RepositoryProblem unknown) {
    return new HoldfastException(
        unknown.code(),
        "'latest' may pass over a backup: " + unknown.subject() + " " + unknown.message(),
        "Name a backup by its id; 'holdfast backup list' shows those that can be read, and 'holdfast"
            + " repository check' what is damaged.");
  }

  private static HoldfastException unknown(String what) {
    return new HoldfastException(
        ErrorCode.BACKUP_NOT_FOUND, what, "'holdfast backup list' shows the backups that exist.");
  }
}
