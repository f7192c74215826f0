package io.holdfast.vault.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program {@code restic} with one repository and one password.
 *
 * <p>The password goes through a file, since no variable of the environment holds every one. restic
 * strips spaces and line breaks from both ends of it.
 */
public final class ResticProgram {
  private final Path repository;
  private final String address;
  private final Map<String, String> environment;
  private final Path passwordFile;
  private final Path output;

  /**
   * @param directory an empty one, in which everything is kept
   */
  public ResticProgram(Path directory, byte[] password) throws IOException {
    this(directory, password, directory.resolve("repository").toString(), Map.of());
  }

  /**
   * The same for a repository that is elsewhere.
   *
   * @param address as restic takes it
   * @param environment further variables, such as credentials
   */
  public ResticProgram(
      Path directory, byte[] password, String address, Map<String, String> environment)
      throws IOException {
    this.repository = directory.resolve("repository");
    this.address = address;
    this.environment = Map.copyOf(environment);
    this.passwordFile = Files.write(directory.resolve("password"), password);
    this.output = directory.resolve("output");
  }

  /** Skips the test where there is no restic. */
  public static void assumeInstalled() {
    boolean installed;
    try {
      Process version = new ProcessBuilder("restic", "version").start();
      version.getInputStream().readAllBytes();
      installed = version.waitFor() == 0;
    } catch (IOException missing) {
      installed = false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assumeTrue(installed, "restic is not installed");
  }

  /** Where the repository lies, or will when {@code init} was run. */
  public Path repository() {
    return repository;
  }

  /** What it writes to its standard output; fails the test if it fails. */
  public String run(String... arguments) throws IOException, InterruptedException {
    return runIn(repository.getParent(), arguments);
  }

  /** The same, in a directory. */
  public String runIn(Path directory, String... arguments)
      throws IOException, InterruptedException {
    Path errors = output.resolveSibling("errors");
    int exit = start(directory, errors, arguments);
    assertThat(exit)
        .as(() -> String.join(" ", arguments) + ": " + text(errors) + text(output))
        .isZero();
    return text(output);
  }

  /** Whether it succeeds. */
  public boolean succeeds(String... arguments) throws IOException, InterruptedException {
    return start(repository.getParent(), output.resolveSibling("errors"), arguments) == 0;
  }

  private int start(Path directory, Path errors, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("restic", "--no-cache", "--repo"));
    command.add(address);
    command.add("--password-file");
    command.add(passwordFile.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    // Nothing that whoever runs the tests has set for a repository of his own.
    builder.environment().keySet().removeIf(name -> name.startsWith("RESTIC_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("restic does not end: " + String.join(" ", arguments));
    }
    return process.exitValue();
  }

  /** The one file in a directory of the repository. */
  public Path onlyFile(String directory) throws IOException {
    try (var files = Files.list(repository.resolve(directory))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
