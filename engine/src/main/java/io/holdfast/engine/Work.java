package io.holdfast.engine;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.installation.BackupUse;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.InstallationLock;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.installation.Verifications;
import io.holdfast.engine.restore.RestoreRecovery;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.Optional;

/**
 * What one piece of work of an engine is done with. Everything in it ends with the cancellation of
 * its monitor.
 *
 * @param installation whose repository is under that cancellation
 * @param lock the installation's
 * @param use marks what is being read
 * @param verifications what was found when backups were read again
 * @param monitor looks on, and cancels
 */
record Work(
    Environment environment,
    Installation installation,
    Kinds kinds,
    InstallationLock lock,
    BackupUse use,
    Verifications verifications,
    RunMonitor monitor) {
  RunNumbers numbers() {
    return new RunNumbers(environment, installation, kinds);
  }

  RepositoryMaking making() {
    return new RepositoryMaking(environment, installation);
  }

  private RestoreRecovery recovery() {
    return new RestoreRecovery(environment, installation, kinds, monitor);
  }

  /**
   * Takes the lock of the installation.
   *
   * @param purpose what for, for people
   * @throws io.holdfast.engine.error.HoldfastException {@code BUSY}
   */
  HeldLock acquire(String purpose) throws IOException {
    return lock.acquire(owner(purpose));
  }

  /**
   * A restore to another place needs no lock where nothing can be deleted either: on a repository
   * that is mounted read-only.
   */
  HeldLock acquireIfWritable(String purpose) throws IOException {
    try {
      return acquire(purpose);
    } catch (FileLayerException e) {
      if (!e.isUnwritable()) {
        throw e;
      }
      return () -> {};
    }
  }

  private String owner(String purpose) {
    return purpose
        + ", process "
        + ProcessHandle.current().pid()
        + " on "
        + environment.host()
        + ", since "
        + environment.clock().instant();
  }

  /** Ends what was interrupted, once the lock is held. */
  void prepare() throws IOException {
    recovery().execute();
    try {
      for (RunId interrupted : installation.repository().prepare()) {
        monitor.tell(new RunEvent.InterruptedRunFiled(interrupted));
      }
    } catch (HoldfastException e) {
      if (e.code() == ErrorCode.FORMAT_UNSUPPORTED
          || e.code() == ErrorCode.REPOSITORY_UNAVAILABLE) {
        throw e;
      }
      // Leftovers are in nobody's way; whatever comes next says for itself what it cannot do.
      monitor.tell(
          new RunEvent.Warning(
              Optional.empty(), "leftovers in the repository stay for now: " + e.message()));
    }
  }

  /** The same, if there is anything to end and nobody else is at work. */
  void endLeftovers() throws IOException {
    if (recovery().isNeeded() || installation.repository().hasRunsUnderWay()) {
      Optional<HeldLock> free = lock.tryAcquire();
      if (free.isPresent()) {
        try (HeldLock held = free.get()) {
          prepare();
        }
      }
    }
  }
}
