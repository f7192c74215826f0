package io.holdfast.engine.run;

import java.util.Locale;

/** Why a run started. */
public enum Trigger {
  SCHEDULED,
  MANUAL,
  STARTUP,
  SHUTDOWN,
  /**
   * Before a migration, and the safety backup that every restore takes first. Kept until it is
   * deleted explicitly.
   */
  PRE_MIGRATION,
  /** Before an update. Retention never removes it. */
  PRE_UPDATE;

  /** The lowercase word in manifests, names of directories, interfaces and configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether retention counts such a backup and may remove it. */
  public boolean isUnderRetention() {
    return this != PRE_MIGRATION && this != PRE_UPDATE;
  }
}
