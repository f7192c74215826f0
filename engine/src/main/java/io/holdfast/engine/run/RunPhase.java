package io.holdfast.engine.run;

import java.util.Locale;

/** What a run is doing, in the order in which runs do it. */
public enum RunPhase {
  /** Locking, recovering, tidying up. */
  PREPARE,
  /** Of a backup: taking hold of consistent views. */
  CAPTURE,
  /** Of a backup: moving bytes into the repository. */
  TRANSFER,
  /**
   * Comparing stored bytes with their digests: of what a backup wrote, of what a restore is about
   * to use.
   */
  VERIFY,
  /** Of a backup: the atomic step that makes it visible. */
  PUBLISH,
  /** Of a backup: removing old ones. */
  RETENTION,
  /** Of a prune: removing what no backup needs. */
  PRUNE,
  /** Of a restore: handlers open what they will restore. */
  OPEN,
  /** Of a restore: saving live state first. */
  SAFETY_BACKUP,
  /** Of a restore: building the new state beside the old. */
  STAGE,
  /** Of a restore: swapping. */
  COMMIT,
  /** Of a restore: undoing. */
  ROLL_BACK,
  DONE;

  /** The lowercase word in interfaces. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
