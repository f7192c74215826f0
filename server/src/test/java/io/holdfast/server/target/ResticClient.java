package io.holdfast.server.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program restic, with a vault behind HTTP or in a directory. No secret is on its command line.
 */
final class ResticClient {
  private final Path directory;

  private ResticClient(Path directory) {
    this.directory = directory;
  }

  /**
   * For a target.
   *
   * @param directory an empty one, for its own files
   */
  static ResticClient of(Path directory, URI target, String token) throws IOException {
    String address =
        "rest:" + target.getScheme() + "://machine:" + token + "@" + target.getAuthority();
    return of(directory, address + target.getPath());
  }

  /** For any place that restic knows. */
  static ResticClient of(Path directory, String repository) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("repository"), repository);
    Files.writeString(directory.resolve("password"), "correct horse");
    return new ResticClient(directory);
  }

  /** What it says; fails the test if it fails. */
  String run(String... arguments) throws Exception {
    Process process = start(arguments);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(directory.resolve("output"), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(String.join(" ", arguments) + ": " + said).isZero();
    return said;
  }

  /** Begins, so that the test goes on and can kill it. */
  Process start(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("restic", "--no-cache"));
    command.addAll(List.of("--repository-file", "repository", "--password-file", "password"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RESTIC_"));
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }
}
