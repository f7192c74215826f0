package io.holdfast.engine.manifest;

import java.util.Locale;

/** How a component fared in a backup run. */
public enum ComponentStatus {
  RUNNING,
  COMPLETED,
  /** Its source does not exist, which is allowed; a restore leaves it alone. */
  ABSENT,
  FAILED,
  CANCELLED,
  TIMEOUT;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
