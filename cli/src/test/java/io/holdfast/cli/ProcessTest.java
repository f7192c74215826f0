package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.cli.stub.StubApi;
import io.holdfast.cli.stub.StubServer;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  @DisplayName("a command that works here knows nothing of HTTP")
  void withoutAServerNothingOfHttpIsLoaded() throws Exception {
    Cli.withPlatform(directory);
    Path loaded = directory.resolve("loaded");

    for (String command : List.of("backup", "backup list", "restore latest --dry-run")) {
      assertThat(end(start(List.of("-Xlog:class+load:file=" + loaded), command.split(" "))))
          .isZero();

      assertThat(loaded(loaded, List.of("io.holdfast.cli.local."))).isNotEmpty();
      assertThat(
              loaded(
                  loaded,
                  List.of(
                      "java.net.http.",
                      "jdk.internal.net.http.",
                      "javax.net.ssl.",
                      "dev.failsafe.",
                      "io.holdfast.cli.remote.Http",
                      "io.holdfast.cli.remote.Api")))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "completion", "component list --json"})
  @DisplayName("a reader that has had enough, such as head, is no error and gets no message")
  void aClosedPipe(String line) throws Exception {
    Cli.withPlatform(directory);
    Process process =
        builder(List.of("sh", "-c", "read go; exec \"$@\"", "sh"), List.of(), line.split(" "))
            .redirectOutput(Redirect.PIPE)
            .start();

    process.getInputStream().close();
    process.getOutputStream().write('\n');
    process.getOutputStream().close();

    assertThat(end(process)).isEqualTo(141);
    assertThat(read("err")).isEmpty();
  }

  @Test
  @DisplayName("a full disk behind the output is an error")
  void aFullDisk() throws Exception {
    Process process =
        builder(List.of(), List.of(), "completion")
            .redirectOutput(Path.of("/dev/full").toFile())
            .start();

    assertThat(end(process)).isEqualTo(1);
    assertThat(read("err")).isEqualTo("error: the output could not be written\n");
  }

  @ParameterizedTest
  @Tag("P9")
  @DisplayName("P9: a signal has the server cancel the run, and its clean end is waited for")
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalCancelsABackupOnAServer(String signal, int exit) throws Exception {
    Cli cli = pausing();
    try (var server = new StubServer();
        var api = StubApi.serve(server, cli.surroundings(new StringWriter(), new StringWriter()))) {
      Process process =
          start(
              List.of(),
              Map.of("HOLDFAST_SERVER", server.url(), "HOLDFAST_TOKEN", StubServer.TOKEN),
              "backup");
      await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(cli.path("paused")));
      assertThat(new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor())
          .isZero();

      assertThat(end(process)).isEqualTo(exit);
      assertThat(read("err"))
          .contains("holdfast: cancelling; waiting for a clean end")
          .contains("cancelled; nothing was published");
      assertThat(server.seen()).anyMatch(request -> request.path().endsWith("/cancel"));
      assertThat(cli.run("backup", "list").out()).startsWith("No backups in ");
      assertThat(cli.run("backup", "list", "--failed").out()).contains("cancelled");
    }
  }

  @ParameterizedTest
  @Tag("P9")
  @DisplayName("P9: a signal cancels a backup, which publishes nothing and leaves no rubbish")
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalCancelsABackup(String signal, int exit) throws Exception {
    Cli cli = pausing();

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

  /** A platform whose backup takes as long as somebody lets it. */
  private Cli pausing() {
    return new Cli(directory)
        .write("data/a.txt", "content")
        .write(
            "holdfast.yaml",
            """
            backup: {path: backups, compression: none}
            components:
              tree:
                kind: directory
                path: data
                pause: [sh, -c, "echo > %1$s/paused; exec sleep 600"]
                resume: [sh, -c, "echo > %1$s/resumed"]
            """
                .formatted(directory));
  }

  /** The classes of these packages that a start loaded. */
  private static List<String> loaded(Path log, List<String> packages) throws IOException {
    return Files.readAllLines(log).stream()
        .map(line -> line.replaceFirst("^\\[.*\\] ", "").replaceFirst(" source:.*", ""))
        .filter(name -> packages.stream().anyMatch(name::startsWith))
        .toList();
  }

  private Process start(List<String> options, String... args) throws IOException {
    return start(options, Map.of(), args);
  }

  private Process start(List<String> options, Map<String, String> environment, String... args)
      throws IOException {
    ProcessBuilder builder = builder(List.of(), options, args);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private ProcessBuilder builder(List<String> before, List<String> options, String... args) {
    var command = new ArrayList<>(before);
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
        .redirectError(directory.resolve("err").toFile());
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
