package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that must stay as they are. When one has to change, {@code -Dholdfast.golden=write} writes
 * it anew, for review.
 */
public final class Golden {
  private Golden() {}

  /** Compares a text with a file, named from the module's directory. */
  public static void check(Path file, String actual) {
    try {
      if ("write".equals(System.getProperty("holdfast.golden"))) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, actual);
      }
      assertThat(actual)
          .as("%s is stale; mvn test -Dholdfast.golden=write writes it anew", file)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
