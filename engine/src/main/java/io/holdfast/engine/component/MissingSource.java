package io.holdfast.engine.component;

/** What it means that a component's source does not exist. */
public enum MissingSource {
  /** The component fails with {@code SOURCE_MISSING}. */
  FAIL,
  /** The manifest records the component as absent, and a restore leaves it alone. */
  SKIP
}
