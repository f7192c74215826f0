package io.holdfast.server.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Holds runs where they begin to read the platform, until the test lets them go: the component's
 * {@code pause} command waits for a line in a FIFO.
 */
final class Brake implements AutoCloseable {
  private final Path armed;
  private final Path held;
  private final RandomAccessFile line;
  private final Path script;

  Brake(Path root) throws IOException, InterruptedException {
    armed = root.resolve("armed");
    held = root.resolve("held");
    Path fifo = root.resolve("line");
    new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start().waitFor();
    // Open for reading as well, so that a line waits for its reader instead of the reverse.
    line = new RandomAccessFile(fifo.toFile(), "rw");
    script = root.resolve("pause.sh");
    Files.writeString(
        script,
        "[ -e '%s' ] || exit 0\n: > '%s'\nread -r go < '%s'\n".formatted(armed, held, fifo));
  }

  /** The configuration, whose tree has the brake. */
  String in(String configuration) {
    return configuration.replace(
        "path: live/tree}",
        "path: live/tree, pause: [sh, '%s'], resume: ['true'], pause_timeout: 5m}"
            .formatted(script));
  }

  /** From now on runs are held. */
  void arm() throws IOException {
    Files.deleteIfExists(held);
    Files.createFile(armed);
  }

  /** Returns when a run is held. */
  void awaitHeld() {
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(held));
  }

  /** Further runs are not held. */
  void disarm() throws IOException {
    Files.deleteIfExists(armed);
  }

  /** Lets the run go, and further ones pass. */
  void release() throws IOException {
    disarm();
    line.write("go\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
