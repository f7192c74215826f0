package io.holdfast.engine.restore;

import io.holdfast.engine.backup.BackupNaming;
import io.holdfast.engine.backup.BackupPlan;
import io.holdfast.engine.backup.BackupRun;
import io.holdfast.engine.component.CaptureContext.Purpose;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The backup of the live state of some components that a restore takes before it touches them.
 *
 * @param naming names its run
 * @param monitor the restore's
 */
record SafetyBackup(
    Environment environment, Installation installation, BackupNaming naming, RunMonitor monitor) {
  /**
   * Takes it.
   *
   * @param components what is about to be restored
   * @param restore the run that it is taken for
   * @param cancellation the restore's: why that ended says more than that this did
   * @return its manifest, which is completed
   * @throws HoldfastException if it is not: the restore must not go on
   */
  Manifest take(List<Component> components, RunId restore, Cancellation cancellation)
      throws IOException {
    monitor.phase(RunPhase.SAFETY_BACKUP);
    Manifest manifest =
        naming.named(run -> {
          var plan =
              new BackupPlan(
                  run,
                  components,
                  components.stream().map(Component::name).toList(),
                  Trigger.PRE_MIGRATION,
                  Purpose.SAFETY,
                  Compression.NONE,
                  Optional.of(restore));
          return new BackupRun(environment, installation, plan, monitor.inner()).execute();
        });
    if (manifest.status() != RunStatus.COMPLETED) {
      cancellation.check();
      ComponentRecord.Failure why =
          manifest
              .failure()
              .or(() ->
                  manifest.components().stream().flatMap(c -> c.failure().stream()).findFirst())
              .orElseThrow();
      throw new HoldfastException(
          why.code(),
          "the safety backup of the live state failed: " + why.message(),
          why.guidance());
    }
    return manifest;
  }
}
