package io.holdfast.engine.run;

import java.util.Locale;

/** How a run stands. */
public enum RunStatus {
  RUNNING,
  /** Every component completed, or was absent where that is allowed. */
  COMPLETED,
  /** Every critical component completed; an optional one did not. */
  PARTIAL,
  FAILED,
  CANCELLED,
  TIMEOUT;

  /** The lowercase word in manifests, interfaces and configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a backup of this status lies under {@code completed}, is listed and can be restored.
   */
  public boolean isPublished() {
    return this == COMPLETED || this == PARTIAL;
  }
}
