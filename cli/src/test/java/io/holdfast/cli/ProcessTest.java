package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can only be seen from outside of the process: signals, and what a start loads. */
class ProcessTest {
  private static final List<String> HEAVY =
      List.of(
          "org.snakeyaml.",
          "org.sqlite.",
          "com.github.luben.zstd.",
          "java.lang.foreign.Linker",
          "io.avaje.jsonb.");

  @TempDir Path directory;

  @Test
  void versionReadsNoCommandsAndLoadsNothingHeavy() throws Exception {
    Path loaded = directory.resolve("loaded");

    assertThat(end(start(List.of("-Xlog:class+load:file=" + loaded), "--version"))).isZero();

    assertThat(read("out")).startsWith("holdfast ");
    assertThat(loaded(loaded, List.of("io.holdfast.cli."))).isNotEmpty();
    assertThat(loaded(loaded, HEAVY)).isEmpty();
    assertThat(loaded(loaded, List.of("picocli.", "java.sql.", "io.holdfast.engine."))).isEmpty();
  }

  @Test
  void helpLoadsNothingHeavy() throws Exception {
    Path loaded = directory.resolve("loaded");

    assertThat(end(start(List.of("-Xlog:class+load:file=" + loaded), "restore", "--help")))
        .isZero();

    assertThat(loaded(loaded, List.of("picocli."))).isNotEmpty();
    assertThat(loaded(loaded, HEAVY)).isEmpty();
  }

  @ParameterizedTest
  @Tag("P9")
  @DisplayName("P9: a signal cancels a backup, which publishes nothing and leaves no rubbish")
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalCancelsABackup(String signal, int exit) throws Exception {
    var cli = new Cli(directory);
    cli.write("data/a.txt", "content")
        .write(
            "holdfast.yaml",
            """
            backup: {path: backups, compression: none}
            components:
              tree:
                kind: directory
                path: data
                pause: [sh, -c, "echo > paused; exec sleep 600"]
                resume: [sh, -c, "echo > resumed"]
            """);

    Process process = start(List.of(), "backup");
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(cli.path("paused")));
    assertThat(new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor())
        .isZero();

    assertThat(end(process)).isEqualTo(exit);
    assertThat(read("err"))
        .contains("holdfast: cancelling; waiting for a clean end")
        .contains("cancelled");
    assertThat(cli.path("resumed")).exists();
    assertThat(cli.run("backup", "list").out()).startsWith("No backups in ");
    assertThat(cli.run("backup", "list", "--failed").out()).contains("cancelled");
    try (Stream<Path> running = Files.list(cli.path("backups/.running"))) {
      assertThat(running).isEmpty();
    }
  }

  /** The classes of these packages that a start loaded. */
  private static List<String> loaded(Path log, List<String> packages) throws IOException {
    return Files.readAllLines(log).stream()
        .map(line -> line.replaceFirst("^\\[.*\\] ", "").replaceFirst(" source:.*", ""))
        .filter(name -> packages.stream().anyMatch(name::startsWith))
        .toList();
  }

  private Process start(List<String> options, String... args) throws IOException {
    var command = new ArrayList<String>();
    // A parent may have been started in the background, which makes its children deaf to SIGINT.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.holdfast.cli.Main"));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  private int end(Process process) throws Exception {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("still running after two minutes: " + read("err"));
    }
    return process.exitValue();
  }

  private String read(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }
}
