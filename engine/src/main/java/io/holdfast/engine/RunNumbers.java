package io.holdfast.engine;

import io.holdfast.engine.backup.BackupNaming;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.installation.RunSequence;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.restore.RestoreRecovery;
import io.holdfast.engine.run.RunId;
import java.io.IOException;

/**
 * Gives runs their names. The caller holds the installation's lock, but for a run that leaves no
 * record.
 */
record RunNumbers(Environment environment, Installation installation, Kinds kinds)
    implements BackupNaming {
  /** So many numbers are left out at most where two installations have met. */
  private static final int LEFT_OUT = 8;

  /** The name of a run that publishes nothing. */
  RunId next() throws IOException {
    return next(highest());
  }

  private RunId next(int seen) throws IOException {
    return new RunSequence(environment.files(), installation.state(), environment.clock())
        .next(seen);
  }

  @Override
  public Manifest named(Named backup) throws IOException {
    RunId run = Engine.guarded(this::nextBackup);
    try {
      return backup.make(run);
    } finally {
      // Nothing happens to one under which a backup began.
      installation.repository().unclaim(run);
    }
  }

  /**
   * The name of a run that publishes. Where another installation has taken the same one, some
   * numbers are left out at random, lest the two go on to meet.
   */
  private RunId nextBackup() throws IOException {
    RunId run = next();
    while (!installation.repository().claim(run)) {
      run = next(run.sequence() + environment.random().nextInt(LEFT_OUT));
    }
    return run;
  }

  /**
   * Where no number can be kept, nothing is left behind that its second use could be confused with.
   */
  RunId nextIfWritable() throws IOException {
    try {
      return next();
    } catch (FileLayerException e) {
      if (!e.isUnwritable()) {
        throw e;
      }
      return ofNoRecord();
    }
  }

  /** For what leaves no record behind, so that nothing is written for it where the state is. */
  RunId ofNoRecord() throws IOException {
    return RunId.of(environment.clock().instant(), highest() + 1);
  }

  private int highest() throws IOException {
    int restores =
        new RestoreRecovery(environment, installation, kinds, RunMonitor.silent())
            .known().stream().mapToInt(RunId::sequence).max().orElse(0);
    return Math.max(restores, installation.repository().highestSequence());
  }
}
