package io.holdfast.server.setting;

import java.time.Instant;
import java.util.Optional;

/**
 * A setting with its value and where that comes from.
 *
 * @param value the value in force, in its one form
 * @param source who says so
 * @param restartRequired whether another value counts until the server starts again
 * @param changedAt when it was stored, if it was
 * @param changedBy who stored it
 */
public record SettingValue(
    SettingKey key,
    String value,
    Source source,
    boolean restartRequired,
    Optional<Instant> changedAt,
    Optional<String> changedBy) {

  /** Where a value comes from, the strongest first. */
  public enum Source {
    STORED,
    ENVIRONMENT,
    FILE,
    DEFAULT;

    /** The lowercase word in interfaces. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
