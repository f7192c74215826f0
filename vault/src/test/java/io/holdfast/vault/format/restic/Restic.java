package io.holdfast.vault.format.restic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The program, working on one repository. */
final class Restic {
  private static final Path PROGRAM = Path.of("/usr/bin/restic");

  private final Path repository;
  private final Path errors;

  private Restic(Path repository, Path errors) {
    this.repository = repository;
    this.errors = errors;
  }

  /** A new repository of a version. */
  static Restic init(Path directory, int version) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM), "restic is not installed (Debian package restic)");
    var restic = new Restic(directory.resolve("repository"), directory.resolve("errors"));
    restic.run("init", "--repository-version", Integer.toString(version));
    return restic;
  }

  Path repository() {
    return repository;
  }

  /** Runs a command, which has to succeed, and answers what it printed. */
  byte[] run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new AssertionError(
          String.join(" ", arguments)
              + ": "
              + Files.readString(errors)
              + new String(output, StandardCharsets.UTF_8));
    }
    return output;
  }

  /** Starts a command. */
  Process start(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(PROGRAM.toString(), "--no-cache"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("RESTIC_REPOSITORY", repository.toString());
    builder.environment().put("RESTIC_PASSWORD", "a password of tests");
    // A zone whose offset is not of whole hours, where the machine knows it.
    builder.environment().put("TZ", "Asia/Kathmandu");
    return builder.start();
  }
}
