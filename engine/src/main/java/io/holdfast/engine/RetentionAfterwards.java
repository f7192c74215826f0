package io.holdfast.engine;

import io.holdfast.engine.backup.Failures;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.installation.BackupUse;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.Verifications;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.retention.RetentionPolicy;
import io.holdfast.engine.retention.RetentionRun;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import java.io.IOException;
import java.util.List;

/**
 * The retention that follows a backup. The caller holds the installation's lock.
 *
 * @param use what is being read, which stays
 * @param verifications what was damaged when it was last read
 */
record RetentionAfterwards(
    Environment environment,
    Installation installation,
    BackupUse use,
    Verifications verifications,
    RetentionPolicy policy) {
  /**
   * Removes what the policy keeps no longer.
   *
   * @param warnings is told if that failed
   * @return what was removed
   */
  List<RunId> apply(RunMonitor monitor, List<String> warnings) {
    monitor.phase(RunPhase.RETENTION);
    try {
      RetentionRun run = run(monitor);
      List<RunId> pruned = run.execute(environment.clock().instant());
      run.failure().ifPresent(warnings::add);
      for (RunId old : pruned) {
        verifications.forget(old);
      }
      return pruned;
    } catch (IOException | RuntimeException e) {
      // The backup is published and good; that old ones were not removed is no reason to call it
      // failed.
      warnings.add("retention failed: " + Failures.of("retention", e).message());
      return List.of();
    }
  }

  private RetentionRun run(RunMonitor monitor) {
    var knowledge =
        new RetentionRun.Knowledge() {
          @Override
          public boolean isInUse(RunId run) throws IOException {
            return use.isInUse(run);
          }

          @Override
          public boolean isDamaged(RunId run) throws IOException {
            return verifications.isDamaged(run);
          }
        };
    return new RetentionRun(
        installation.repository(), installation.name(), policy, knowledge, monitor);
  }

  /** What retention is going to remove once this is published; asked where that is announced. */
  List<RunId> expiring(Manifest made) {
    return Engine.guarded(
        () -> run(RunMonitor.silent()).planned(made, environment.clock().instant()));
  }
}
