package io.holdfast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the vault at the smallest scale. */
class VaultBenchTest {
  /** All that it needs, Python aside. */
  private static final List<String> PROGRAMS =
      List.of("bash", "tar", "zstd", "cp", "rm", "sed", "env", "cat", "mkdir", "true");

  @TempDir private Path directory;
  private BenchProgram bench;

  @BeforeEach
  void needsPrograms() {
    BenchProgram.needs("python3", "bash", "zstd", "tar");
    bench = new BenchProgram("vault", directory);
  }

  /** Without the peers, which are tried elsewhere: each would start fifty times over. */
  @Test
  @DisplayName("every scenario runs to its end, and what Holdfast restored in it is equal")
  void measuresEveryScenario() throws Exception {
    BenchProgram.Result result =
        bench
            .withPath(programs())
            .run(bench.script(BenchProgram.holdfast()), "--only=tree|sqlite|small|large");

    assertThat(result.exit()).as(result.said()).isZero();
    assertThat(result.said())
        .contains(
            "## A tree of texts", "## A SQLite database", "## 500 small files", "in large files")
        .doesNotContain("FAILED");
    assertThat(result.records().filter(line -> line.contains("\"contender\": \"Holdfast\"")))
        .hasSize(4 * 6)
        .allMatch(line -> line.contains("\"equal\": true"));
    assertThat(result.records().filter(line -> line.contains("\"contender\": \"tar, zstd")))
        .hasSize(4 * 6)
        .allMatch(line -> line.contains("\"equal\": true"));
  }

  @Test
  @DisplayName("requests of Holdfast and of restic are counted, and restic finds the vault sound")
  void countsRequests() throws Exception {
    BenchProgram.needs("restic");

    BenchProgram.Result result =
        bench.run(bench.script(BenchProgram.holdfast()), "--only=requests");

    assertThat(result.exit()).as(result.said()).isZero();
    assertThat(result.said())
        .contains("## Requests to the backend")
        .containsPattern("\\| first backup \\| Holdfast \\| [0-9]")
        .doesNotContain("FAILED");
    assertThat(result.records())
        .hasSize(2 * 6)
        .allMatch(line -> line.contains("\"equal\": true"))
        .allMatch(line -> line.contains("\"list locks\": "))
        .allMatch(line -> line.contains("\"up_bytes\": "));
    assertThat(result.records().filter(line -> line.contains("\"step\": \"first\"")))
        .allMatch(line -> line.contains("\"write snapshots\": 1}"));
  }

  @Test
  @DisplayName("a peer that is not installed is named and left out")
  void leavesMissingPeersOut() throws Exception {
    BenchProgram.Result result = bench.withPath(programs()).run(copies("", ""), "--only=small");

    assertThat(result.exit()).as(result.said()).isZero();
    assertThat(result.said())
        .contains("| restic | no figures: not installed: restic |")
        .contains("| borg | no figures: not installed: borg |")
        .containsPattern("\\| first backup \\| Holdfast \\| [0-9]")
        .contains("| Holdfast | there is no `repository prune` yet |");
  }

  @Test
  @DisplayName("who restores something else gets no figures, and is named")
  void publishesNothingThatIsNotEqual() throws Exception {
    BenchProgram.Result result =
        bench.run(copies("chmod 604 $4/data/000/00000/entry-0000000.json", ""), "--only=small");

    assertThat(result.exit()).as(result.said()).isOne();
    assertThat(result.said())
        .contains("| first backup | Holdfast | no figures: restore: what was restored differs")
        .containsPattern("entry-0000000.json': expected .*'0o644', .*found .*'0o604'")
        .containsPattern("\\| first backup \\| tar, zstd -3 -T0 \\| [0-9]");
    for (String peer : List.of("restic", "borg")) {
      if (BenchProgram.find(peer).isPresent()) {
        assertThat(result.said()).containsPattern("\\| first backup \\| " + peer + " \\| [0-9]");
      }
    }
  }

  @Test
  @DisplayName("a vault that its own check, or restic, finds fault with gets no figures")
  void publishesNothingThatFailsAcheck() throws Exception {
    BenchProgram.needs("restic");

    BenchProgram.Result own = bench.run(copies("", "echo damaged; exit 6"), "--only=small");
    BenchProgram.Result witness = bench.run(copies("", ""), "--only=small");

    assertThat(own.exit()).as(own.said()).isOne();
    assertThat(own.said()).contains("| first backup | Holdfast | no figures: check: damaged");
    assertThat(witness.exit()).as(witness.said()).isOne();
    assertThat(witness.said()).contains("| first backup | Holdfast | no figures: witness: ");
  }

  /** All that it needs, and no peers. */
  private Path programs() throws IOException {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    for (String program : PROGRAMS) {
      wrap(programs, program, BenchProgram.find(program).orElseThrow().toString());
    }
    // What is on the path may be a script that looks for others there.
    wrap(programs, "python3", interpreter());
    return programs;
  }

  private static void wrap(Path directory, String name, String program) throws IOException {
    Path script =
        Files.writeString(
            directory.resolve(name), "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(program));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private static String interpreter() throws IOException {
    Process python =
        new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
    return new String(python.getInputStream().readAllBytes(), UTF_8).strip();
  }

  /**
   * A launcher that copies, and knows no more commands than these; with what its restore and its
   * check do besides.
   */
  private Path copies(String restore, String check) throws IOException {
    return bench.script(
        """
        for file; do :; done
        live=$(sed -n 's/.*"path": "\\(.*live\\)".*/\\1/p' "$file" 2>/dev/null)
        case $1,$2 in
          --version,*) echo made up ;;
          backup,create) rm -rf "$file.copy" && cp -a "$live" "$file.copy" ;;
          restore,*) mkdir "$4" && cp -a "$file.copy" "$4/data"; %s
            ;;
          repository,check) %s ;;
          *) exit 64 ;;
        esac
        """
            .formatted(restore, check.isEmpty() ? ":" : check));
  }
}
