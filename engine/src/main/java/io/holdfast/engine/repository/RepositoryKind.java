package io.holdfast.engine.repository;

import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FileLayer;
import java.time.Clock;

/**
 * A sort of repository, found through {@link java.util.ServiceLoader}; the rules of {@link
 * io.holdfast.engine.component.ComponentKind} hold.
 */
public interface RepositoryKind {
  /** The word for this kind in configuration: {@code directory}. */
  String name();

  /** Binds the settings of a repository; touches nothing. */
  Repository repository(Settings settings, FileLayer files, Clock clock);
}
