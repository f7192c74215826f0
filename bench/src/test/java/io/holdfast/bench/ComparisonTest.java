package io.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the comparison at its smallest scale. */
class ComparisonTest {

  @TempDir private Path directory;
  private BenchProgram bench;

  @BeforeEach
  void needsPrograms() {
    BenchProgram.needs("python3", "bash", "sqlite3", "zstd", "tar");
    bench = new BenchProgram("run", directory);
  }

  @Test
  @DisplayName("every scenario runs to its end, and what Holdfast restored in it is equal")
  void measuresEveryScenario() throws Exception {
    BenchProgram.Result result = bench.run(bench.script(BenchProgram.holdfast()));

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
        bench.script(
            """
            for file; do :; done
            live=$(sed -n 's/.*"path": "\\(.*live\\)".*/\\1/p' "$file")
            case $1,$2 in
              backup,create) cp -a "$live" "$file.copy" ;;
              restore,*) cp -a "$file.copy" "$live" && chmod 604 "$live/odd/empty" ;;
            esac
            """);

    BenchProgram.Result result = bench.run(launcher, "--only=tree-plain");

    assertThat(result.exit()).as(result.said()).isOne();
    assertThat(result.said())
        .contains("| Holdfast | no figures: restore: what was restored differs")
        .containsPattern("b'odd/empty': expected .*'0o6.*, found .*'0o604'")
        .containsPattern("\\| cp -a \\| [0-9]");
  }

  @Test
  @DisplayName("a directory that holds something else is left alone")
  void refusesForeignDirectories() throws Exception {
    Path precious = Files.writeString(Files.createDirectory(bench.data()).resolve("work"), "x");

    BenchProgram.Result result = bench.run(bench.script("exit 0"));

    assertThat(result.exit()).as(result.said()).isNotZero();
    assertThat(result.said()).contains("is not empty and no directory of bench/run");
    assertThat(precious).hasContent("x");
  }
}
