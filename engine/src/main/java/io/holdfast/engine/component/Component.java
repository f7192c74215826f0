package io.holdfast.engine.component;

import java.time.Duration;
import java.util.Optional;

/**
 * A named unit of durable state and the code that protects it.
 *
 * @param name unique in the installation
 * @param kind the word for the sort of store
 * @param critical whether a backup without it is no backup
 * @param group components of the same group are restored to the same instant
 * @param missing what a source that does not exist means
 * @param timeout how long its capture and transfer, or its part of a restore, may take; positive
 * @param handler what captures, checks and restores it
 */
public record Component(
    ComponentName name,
    String kind,
    boolean critical,
    Optional<String> group,
    MissingSource missing,
    Duration timeout,
    ComponentHandler handler) {

  /** How long a component may take when nothing is configured. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(6);

  public Component {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout of " + name + " is not positive: " + timeout);
    }
  }

  /** A critical component with the defaults. */
  public static Component of(String name, String kind, ComponentHandler handler) {
    return new Component(
        new ComponentName(name),
        kind,
        true,
        Optional.empty(),
        MissingSource.FAIL,
        DEFAULT_TIMEOUT,
        handler);
  }
}
