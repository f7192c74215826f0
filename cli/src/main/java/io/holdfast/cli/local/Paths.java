package io.holdfast.cli.local;

import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import java.nio.file.Path;

/** Paths of the command line: absolute, or relative to where the program was started. */
public final class Paths {
  private Paths() {}

  /**
   * The path that a text names.
   *
   * @throws HoldfastException {@code USAGE} if the text is no path
   */
  public static FilePath resolve(String text, Surroundings surroundings) {
    try {
      return FilePath.of(Path.of(surroundings.directory().toString()).resolve(text));
    } catch (IllegalArgumentException invalid) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "'" + text + "' is no path: " + invalid.getMessage(),
          "Use a locale with UTF-8 (LC_ALL=C.UTF-8) if the path is not ASCII.",
          invalid);
    }
  }
}
