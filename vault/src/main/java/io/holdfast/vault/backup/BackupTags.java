package io.holdfast.vault.backup;

import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import io.holdfast.vault.format.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the tags of a snapshot say of the backup that it is: {@code holdfast}, {@code run:<run_id>},
 * {@code backup:<backup_id>}, {@code trigger:<trigger>}, {@code status:<status>}; {@code safety} if
 * it is the safety backup of a restore; {@code installation:<name>} if the installation has a name.
 * Pure.
 *
 * @param run the run
 * @param trigger why it started
 * @param installation whose it is; empty if it carries no name
 */
record BackupTags(RunId run, Trigger trigger, Optional<InstallationName> installation) {
  static final String HOLDFAST = "holdfast";
  private static final String RUN = "run:";
  private static final String BACKUP = "backup:";
  private static final String TRIGGER = "trigger:";
  private static final String STATUS = "status:";
  private static final String SAFETY = "safety";
  private static final String INSTALLATION = "installation:";

  static List<String> of(Manifest manifest) {
    var tags = new ArrayList<String>();
    tags.add(HOLDFAST);
    tags.add(RUN + manifest.runId());
    tags.add(BACKUP + manifest.backupId());
    tags.add(TRIGGER + manifest.trigger().word());
    tags.add(STATUS + manifest.status().word());
    if (manifest.isSafetyBackup()) {
      // Its trigger is also that of backups which a migration tool asked for.
      tags.add(SAFETY);
    }
    manifest.installation().ifPresent(name -> tags.add(INSTALLATION + name));
    return List.copyOf(tags);
  }

  /** What a snapshot's tags say; empty if it is none of ours. */
  static Optional<BackupTags> read(Snapshot snapshot) {
    if (!snapshot.tags().contains(HOLDFAST)) {
      return Optional.empty();
    }
    Optional<RunId> run = value(snapshot, RUN).filter(RunId::isRunId).map(RunId::new);
    Optional<Trigger> trigger =
        value(snapshot, TRIGGER)
            .flatMap(word ->
                Arrays.stream(Trigger.values()).filter(t -> t.word().equals(word)).findFirst());
    return run.isPresent() && trigger.isPresent()
        ? Optional.of(
            new BackupTags(
                run.get(),
                trigger.get(),
                value(snapshot, INSTALLATION)
                    .filter(InstallationName::isInstallationName)
                    .map(InstallationName::new)))
        : Optional.empty();
  }

  private static Optional<String> value(Snapshot snapshot, String key) {
    return snapshot.tags().stream()
        .filter(tag -> tag.startsWith(key))
        .map(tag -> tag.substring(key.length()))
        .findFirst();
  }
}
