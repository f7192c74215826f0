package io.holdfast.engine.repository;

import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import java.util.Optional;

/**
 * A backup in a list. One whose manifest is damaged is listed too, so that nobody thinks it gone.
 */
public sealed interface BackupEntry {
  RunId runId();

  /** Bytes that it takes in the repository; -1 where telling would mean walking it. */
  long storedBytes();

  /** A backup whose manifest verified. */
  record Readable(Manifest manifest, long storedBytes) implements BackupEntry {
    @Override
    public RunId runId() {
      return manifest.runId();
    }
  }

  /**
   * A backup whose manifest did not verify.
   *
   * @param trigger as its name says, if it does
   * @param installation whose backup it is, as far as that can be told without the manifest; empty
   *     if not, and if it carries no name
   * @param ownerKnown whether that can be told: without a name it then carries none
   * @param reason what is wrong
   * @param unsupported whether a newer format is all that is wrong
   */
  record Corrupt(
      RunId runId,
      Optional<Trigger> trigger,
      Optional<InstallationName> installation,
      boolean ownerKnown,
      long storedBytes,
      String reason,
      boolean unsupported)
      implements BackupEntry {
    /**
     * Whether it may be a backup of an installation.
     *
     * @param owner its name; empty for one without a name
     */
    public boolean mayBeOf(Optional<InstallationName> owner) {
      return !ownerKnown || installation.equals(owner);
    }
  }
}
