package io.holdfast.engine.repository;

import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A sort of repository, found through {@link java.util.ServiceLoader}; the rules of {@link
 * io.holdfast.engine.component.ComponentKind} hold.
 */
public interface RepositoryKind {
  /** The word for this kind in configuration: {@code directory}. */
  String name();

  /** Binds the settings of a repository; touches nothing. */
  Repository repository(Settings settings, RepositoryContext context);

  /**
   * Whether a repository of this kind lies at a path; looks there. Asked when nothing but the path
   * is known.
   */
  default boolean isAt(FilePath path, FileLayer files) throws IOException {
    return false;
  }

  /**
   * The settings of a repository of which nothing but the path is known, as a configuration would
   * have them; secrets by variables of the environment.
   *
   * @param variables the value of a variable, or null
   */
  default Map<String, String> bareSettings(
      FilePath path, UnaryOperator<@Nullable String> variables) {
    return Map.of("path", path.toString());
  }

  /**
   * Whether a text that names a repository is an address of this kind rather than a path: {@code
   * s3:https://…}. Looks at the text alone.
   */
  default boolean isAddress(String text) {
    return false;
  }

  /**
   * The settings of a repository of which nothing but the address is known, as {@link
   * #bareSettings(FilePath, UnaryOperator)}.
   *
   * @param address one of which {@link #isAddress} is true
   */
  default Map<String, String> bareSettings(
      String address, UnaryOperator<@Nullable String> variables) {
    throw new IllegalArgumentException("not an address of this kind");
  }
}
