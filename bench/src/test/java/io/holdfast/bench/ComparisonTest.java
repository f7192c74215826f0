package io.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the comparison at its smallest scale. */
class ComparisonTest {

  @TempDir private Path directory;

  @BeforeEach
  void needsPrograms() {
    for (String program : List.of("python3", "bash", "sqlite3", "zstd", "tar")) {
      assumeTrue(isInstalled(program), program + " is not installed; bench/run cannot be tried");
    }
  }

  @Test
  @DisplayName("every scenario runs to its end, and what Holdfast restored in it is equal")
  void measuresEveryScenario() throws Exception {
    Path launcher =
        script(
            """
            exec '%s' -Xmx128m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp '%s' io.holdfast.cli.Main "$@"
            """
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    System.getProperty("java.class.path")));

    Result result = bench("", launcher);

    assertThat(result.exit()).as(result.said()).isZero();
    assertThat(result.said()).contains("A tree, stored as plain files", "heap");
    assertThat(result.said()).doesNotContain("FAILED");
    // Backup and restore of Holdfast in each scenario.
    assertThat(result.records().filter(line -> line.contains("\"contender\": \"Holdfast\"")))
        .hasSize(14)
        .allMatch(line -> line.contains("\"equal\": true"));
  }

  @Test
  @DisplayName("a contender that restores something else gets no figures, and is named")
  void publishesNothingThatIsNotEqual() throws Exception {
    // Restores everything, but for the permissions of one file.
    Path launcher =
        script(
            """
            for file; do :; done
            live=$(sed -n 's/.*"path": "\\(.*live\\)".*/\\1/p' "$file")
            case $1,$2 in
              backup,create) cp -a "$live" "$file.copy" ;;
              restore,*) cp -a "$file.copy" "$live" && chmod 604 "$live/odd/empty" ;;
            esac
            """);

    Result result = bench("tree-plain", launcher);

    assertThat(result.exit()).as(result.said()).isOne();
    assertThat(result.said())
        .contains("| Holdfast | no figures: restore: what was restored differs")
        .containsPattern("b'odd/empty': expected .*'0o6.*, found .*'0o604'")
        .containsPattern("\\| cp -a \\| [0-9]");
  }

  @Test
  @DisplayName("a directory that holds something else is left alone")
  void refusesForeignDirectories() throws Exception {
    Path precious =
        Files.writeString(Files.createDirectory(directory.resolve("data")).resolve("work"), "x");

    Result result = bench("", script("exit 0"));

    assertThat(result.exit()).as(result.said()).isNotZero();
    assertThat(result.said()).contains("is not empty and no directory of bench/run");
    assertThat(precious).hasContent("x");
  }

  private record Result(int exit, String said, Path results) {
    Stream<String> records() throws IOException {
      try (Stream<Path> files = Files.list(results)) {
        Path records =
            files.filter(file -> file.toString().endsWith(".jsonl")).findAny().orElseThrow();
        return Files.readAllLines(records).stream();
      }
    }
  }

  private Result bench(String only, Path launcher) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path results = directory.resolve("results");
    Process process =
        new ProcessBuilder(
                "python3",
                Path.of("run").toAbsolutePath().toString(),
                "--scale=tiny",
                "--runs=1",
                "--only=" + only,
                "--data=" + directory.resolve("data"),
                "--results=" + results,
                "--holdfast=" + launcher)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("still running after ten minutes:\n" + Files.readString(out));
    }
    return new Result(process.exitValue(), Files.readString(out), results);
  }

  private Path script(String text) throws IOException {
    Path script = Files.writeString(directory.resolve("holdfast"), "#!/bin/sh\n" + text);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }
}
