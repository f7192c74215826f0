package io.holdfast.server.notify;

import java.util.Locale;

/** How bad it is; in this order. */
public enum Severity {
  INFO,
  WARNING,
  ERROR;

  /** The lowercase word in interfaces. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
