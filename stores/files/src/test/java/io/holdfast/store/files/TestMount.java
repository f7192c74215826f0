package io.holdfast.store.files;

import io.holdfast.engine.file.FilePath;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system in memory, mounted for one test; the test is skipped where that is not permitted.
 */
final class TestMount implements AutoCloseable {
  private final FilePath at;

  /**
   * @param at an existing directory
   */
  TestMount(FilePath at, String size) throws Exception {
    this.at = at;
    String failure =
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "holdfast-test", at.toString());
    if (!failure.isEmpty()) {
      System.err.println("skipped: cannot mount a tmpfs: " + failure);
      Assumptions.abort("cannot mount a tmpfs: " + failure);
    }
  }

  @Override
  public void close() throws Exception {
    String failure = run("umount", at.toString());
    if (!failure.isEmpty()) {
      throw new AssertionError(failure);
    }
  }

  private static String run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : String.join(" ", command) + ": " + output.strip();
    } catch (java.io.IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
