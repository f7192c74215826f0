package io.holdfast.cli.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program restic, with one repository and the password of the test. */
final class Restic {
  static final String PASSWORD = "open sesame";

  private final Path repository;
  private final Path passwordFile;
  private final Path out;
  private final Path err;

  /**
   * @param room an empty directory for what belongs to it
   * @param repository where the repository lies or will lie
   */
  Restic(Path room, Path repository) throws IOException {
    assumeTrue(isInstalled(), "restic is not installed");
    this.repository = repository;
    this.passwordFile = Files.writeString(room.resolve("password"), PASSWORD);
    this.out = room.resolve("out");
    this.err = room.resolve("err");
  }

  private static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/bin/restic"));
  }

  Path passwordFile() {
    return passwordFile;
  }

  /** What it prints; fails the test if it fails. */
  String run(String... arguments) throws Exception {
    return runIn(repository.getParent(), arguments);
  }

  /** The same in a directory, where relative paths begin. */
  String runIn(Path directory, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("restic", "--no-cache", "--repo", repository.toString()));
    command.addAll(List.of("--password-file", passwordFile.toString()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RESTIC_"));
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended ? process.exitValue() : -1)
        .as(() -> String.join(" ", command) + "\n" + text(err) + text(out))
        .isZero();
    return Files.readString(out);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
