package io.holdfast.engine.restore;

import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a restore ended. One that failed is an outcome, not an exception.
 *
 * @param run the restore run
 * @param backup what it restored from
 * @param dryRun whether it stopped before changing anything
 * @param status {@code COMPLETED}, {@code FAILED}, {@code CANCELLED} or {@code TIMEOUT}
 * @param components what was restored, or would be
 * @param changes what changed, or would, by component
 * @param safetyBackup the backup of the former live state, if one was taken
 * @param warnings what did not make it fail
 * @param failure why it failed; its code is {@code ROLLBACK_FAILED} if targets are not all as they
 *     were before
 */
public record RestoreOutcome(
    RunId run,
    Manifest backup,
    boolean dryRun,
    RunStatus status,
    List<ComponentName> components,
    Map<ComponentName, List<Change>> changes,
    Optional<Manifest> safetyBackup,
    Instant startedAt,
    Instant finishedAt,
    List<String> warnings,
    Optional<ComponentRecord.Failure> failure) {
  public RestoreOutcome {
    components = List.copyOf(components);
    changes = Map.copyOf(changes);
    warnings = List.copyOf(warnings);
  }
}
