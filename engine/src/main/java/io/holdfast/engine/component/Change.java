package io.holdfast.engine.component;

import java.util.Locale;

/**
 * One thing that a restore changes.
 *
 * @param action what happens to it
 * @param subject what it happens to: a path, a table
 * @param detail from what to what, for people; may be empty
 */
public record Change(Action action, String subject, String detail) {
  /** What happens. */
  public enum Action {
    CREATE,
    REPLACE,
    REMOVE,
    /** Content stays; mode, owner, time or attributes change. */
    METADATA,
    UNCHANGED,
    /** Stands for many changes that are not listed one by one. */
    SUMMARY;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
