package io.holdfast.engine.component;

import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FileLayer;

/**
 * A sort of store, found through {@link java.util.ServiceLoader}: a third party adds one by putting
 * a jar on the path.
 *
 * <p>Implementations have a public constructor without parameters, hold no state and touch nothing
 * when constructed.
 */
public interface ComponentKind {
  /** The word for this kind in configuration and manifests, such as {@code sqlite}. */
  String name();

  /**
   * Binds the settings of one component. Problems go into the settings, never into an exception, so
   * that the user is told all of them at once; the handler of a configuration with problems is
   * never used. Touches no file and opens no connection.
   *
   * @param settings the component's own keys; those that every component has ({@code kind}, {@code
   *     critical}, {@code group}, {@code missing}, {@code timeout}) are taken already
   * @param files the only way to the file system
   */
  ComponentHandler handler(Settings settings, FileLayer files);
}
