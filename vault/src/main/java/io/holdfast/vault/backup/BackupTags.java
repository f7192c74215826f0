package io.holdfast.vault.backup;

import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import io.holdfast.vault.format.Snapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the tags of a snapshot say of the backup that it is: {@code holdfast}, {@code run:<run_id>},
 * {@code backup:<backup_id>}, {@code trigger:<trigger>}, {@code status:<status>}. Pure.
 *
 * @param run the run
 * @param trigger why it started
 */
record BackupTags(RunId run, Trigger trigger) {
  static final String HOLDFAST = "holdfast";
  private static final String RUN = "run:";
  private static final String BACKUP = "backup:";
  private static final String TRIGGER = "trigger:";
  private static final String STATUS = "status:";

  static List<String> of(Manifest manifest) {
    return List.of(
        HOLDFAST,
        RUN + manifest.runId(),
        BACKUP + manifest.backupId(),
        TRIGGER + manifest.trigger().word(),
        STATUS + manifest.status().word());
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
        ? Optional.of(new BackupTags(run.get(), trigger.get()))
        : Optional.empty();
  }

  private static Optional<String> value(Snapshot snapshot, String key) {
    return snapshot.tags().stream()
        .filter(tag -> tag.startsWith(key))
        .map(tag -> tag.substring(key.length()))
        .findFirst();
  }
}
