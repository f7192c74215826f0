package io.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A script of this directory, run at its smallest scale.
 *
 * @param name {@code run}, {@code serve} or {@code vault}
 * @param directory for its data, its results and the launcher
 * @param path where it finds programs
 */
record BenchProgram(String name, Path directory, String path) {

  BenchProgram(String name, Path directory) {
    this(name, directory, System.getenv("PATH"));
  }

  /** The same, where no programs are but those in a directory. */
  BenchProgram withPath(Path programs) {
    return new BenchProgram(name, directory, programs.toString());
  }

  /** What it said, and where its results are. */
  record Result(int exit, String said, Path results) {
    /** One for each timed run. */
    Stream<String> records() throws IOException {
      try (Stream<Path> files = Files.list(results)) {
        Path records =
            files.filter(file -> file.toString().endsWith(".jsonl")).findAny().orElseThrow();
        return Files.readAllLines(records).stream();
      }
    }
  }

  static void needs(String... programs) {
    for (String program : programs) {
      assumeTrue(find(program).isPresent(), program + " is not installed; bench cannot be tried");
    }
  }

  /** Where a program is. */
  static Optional<Path> find(String program) {
    return find(System.getenv("PATH"), program);
  }

  private static Optional<Path> find(String path, String program) {
    return Stream.of(path.split(":", -1))
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Where it makes its data. */
  Path data() {
    return directory.resolve("data");
  }

  Result run(Path launcher, String... more) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path results = directory.resolve("results");
    var command =
        new ArrayList<>(
            List.of(
                find(path, "python3").orElseThrow().toString(),
                Path.of(name).toAbsolutePath().toString(),
                "--scale=tiny",
                "--runs=1",
                "--data=" + data(),
                "--results=" + results,
                "--holdfast=" + launcher));
    command.addAll(List.of(more));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("PATH", path);
    Process process = builder.start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroy();
      throw new AssertionError("still running after ten minutes:\n" + Files.readString(out));
    }
    return new Result(process.exitValue(), Files.readString(out), results);
  }

  /**
   * A launcher that starts the Holdfast under test, as the commands of a script. It runs many times
   * for a moment each, so that compiling with care is a loss.
   */
  static String holdfast() {
    return """
    exec '%s' -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '%s' io.holdfast.cli.Main "$@"
    """
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"));
  }

  /** A launcher. */
  Path script(String text) throws IOException {
    Path script = Files.writeString(directory.resolve("holdfast"), "#!/bin/sh\n" + text);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }
}
