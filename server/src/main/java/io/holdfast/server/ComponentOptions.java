package io.holdfast.server;

import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.MissingSource;
import java.time.Duration;
import java.util.Optional;

/**
 * What can be said of a component besides its name and its kind. Immutable.
 *
 * <pre>{@code
 * ComponentOptions.DEFAULT.notCritical().inGroup("shop")
 * }</pre>
 *
 * @param critical whether a backup without it is no backup
 * @param group components of one group are restored to the same instant
 * @param missing what it means that the source is not there
 * @param timeout how long its part of a run may take
 */
public record ComponentOptions(
    boolean critical, Optional<String> group, MissingSource missing, Duration timeout) {

  /** Critical, in no group, of a source that must be there. */
  public static final ComponentOptions DEFAULT =
      new ComponentOptions(true, Optional.empty(), MissingSource.FAIL, Component.DEFAULT_TIMEOUT);

  /** If it fails, the backup is published as {@code partial}. */
  public ComponentOptions notCritical() {
    return new ComponentOptions(false, group, missing, timeout);
  }

  /** Restored to the same instant as the others of the group. */
  public ComponentOptions inGroup(String name) {
    return new ComponentOptions(critical, Optional.of(name), missing, timeout);
  }

  /** A source that is not there is recorded as absent, and a restore leaves it alone. */
  public ComponentOptions skippedIfMissing() {
    return new ComponentOptions(critical, group, MissingSource.SKIP, timeout);
  }

  /** Its part of a run may take so long. */
  public ComponentOptions within(Duration longest) {
    return new ComponentOptions(critical, group, missing, longest);
  }
}
