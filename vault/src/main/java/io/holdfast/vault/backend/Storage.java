package io.holdfast.vault.backend;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How to get at the storage of a vault. Immutable, and by any thread. */
public interface Storage {
  /** Where it is, for people, without secrets. */
  String location();

  /** The directory on this machine that it occupies, if it occupies one. */
  default Optional<FilePath> place() {
    return Optional.empty();
  }

  /** Whether making a vault makes all that holds it; a bucket is made by others, and before. */
  default boolean isMadeWithVault() {
    return true;
  }

  /** Looks whether its credentials can be had, and by others too; empty if it needs none. */
  default List<Finding> inspect() {
    return List.of();
  }

  /**
   * Opens it; connects to nothing yet, or fails with a {@link BackendException}.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code CONFIGURATION_INVALID} if something
   *     that the configuration names cannot be had
   */
  Backend open() throws IOException;
}
