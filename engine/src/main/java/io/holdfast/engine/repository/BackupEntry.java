package io.holdfast.engine.repository;

import io.holdfast.engine.manifest.Manifest;
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
   * @param reason what is wrong
   * @param unsupported whether a newer format is all that is wrong
   */
  record Corrupt(
      RunId runId, Optional<Trigger> trigger, long storedBytes, String reason, boolean unsupported)
      implements BackupEntry {}
}
