package io.holdfast.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command says the same, and ends with the same exit code, here and against a server. */
class SameOutputTest {
  @TempDir Path directory;
  private Behind behind;

  @BeforeEach
  void serve() {
    behind = new Behind(directory);
  }

  @AfterEach
  void close() {
    behind.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup",
        "backup --json",
        "backup --quiet",
        "backup --component tree --compression zstd",
        "backup --component nothing",
        "backup list",
        "backup list --json",
        "backup list --limit 2",
        "backup show",
        "backup show --json",
        "backup validate",
        "backup validate --json",
        "backup validate --all",
        "repository check",
        "repository check --structure-only",
        "repository check --json",
        "component list",
        "component list --json",
        "restore latest --dry-run",
        "restore latest --dry-run --json",
        "restore latest",
        "restore latest --confirm",
        "restore latest --confirm --json",
        "restore latest --component settings --confirm",
        "backup list --failed",
        "backup show nonsense",
        "backup delete latest",
        "backup delete latest --confirm"
      })
  void ofAWorkingPlatform(String line) {
    behind.here("backup", "--quiet");
    behind.here("backup", "--component", "tree", "--quiet");
    behind.here("backup", "--compression", "zstd", "--quiet");

    assertSame(line);
  }

  @Test
  void moreIsToldOnTheWayIfOneAsks() {
    behind.here("backup", "--quiet");

    Result there = behind.there("restore", "latest", "--confirm", "--verbose");

    assertThat(there.exit()).isZero();
    assertThat(there.err())
        .containsPattern("restore \\d{8}-")
        .contains("phase: ", "tree: restored\n", "settings: restored\n");
    assertThat(there.out()).contains("tree: 4 unchanged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup list", "backup show", "backup validate --all", "component list"})
  void ofAnEmptyRepository(String line) {
    behind.here("backup", "--quiet");
    behind.here("backup", "delete", "latest", "--confirm", "--quiet");

    assertSameCodes(line);
    if (!line.equals("backup show")) {
      assertSame(line);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "backup --json", "backup list", "component list"})
  void withoutAnOptionalComponent(String line) throws IOException {
    Files.delete(behind.cli().path("app.ini"));
    behind.here("backup", "--quiet");

    assertSame(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "backup --json"})
  void withoutACriticalComponent(String line) {
    behind.cli().path("data").toFile().renameTo(behind.cli().path("moved").toFile());

    assertSameAsItIs(line);
  }

  @Test
  void runsThatFailedThereAreListed() {
    behind.cli().path("data").toFile().renameTo(behind.cli().path("moved").toFile());
    behind.there("backup");

    Result here = behind.here("backup", "list", "--failed");
    Result there = behind.there("backup", "list", "--failed");

    assertThat(there.exit()).isEqualTo(here.exit());
    assertThat(withoutStored(there.out())).isEqualTo(withoutStored(here.out()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup validate",
        "backup validate --all --json",
        "repository check",
        "repository check --json"
      })
  @DisplayName("damage is told of in the same words")
  void ofADamagedBackup(String line) throws IOException {
    behind.here("backup", "--quiet");
    try (var files = Files.walk(behind.cli().path("backups/completed"))) {
      Path stored = files.filter(file -> file.endsWith("a.txt")).findFirst().orElseThrow();
      stored.toFile().setWritable(true);
      Files.writeString(stored, "First\n");
    }

    assertSame(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup list", "backup list --json"})
  void ofABackupWithoutAManifest(String line) throws IOException {
    behind.here("backup", "--quiet");
    try (var files = Files.walk(behind.cli().path("backups/completed"))) {
      Files.writeString(
          files.filter(file -> file.endsWith("manifest.json")).findFirst().orElseThrow(), "{");
    }

    assertSame(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "restore latest --confirm",
        "restore latest --component tree --confirm",
        "backup show latest",
        "backup validate latest",
        "backup delete latest --confirm"
      })
  @DisplayName("what a server keeps to itself leads to the same error and exit code nonetheless")
  void codesOfDamage(String line) throws IOException {
    behind.here("backup", "--quiet");
    try (var files = Files.walk(behind.cli().path("backups/completed"))) {
      Files.writeString(
          files.filter(file -> file.endsWith("manifest.json")).findFirst().orElseThrow(), "{");
    }

    assertSameCodes(line);
    assertThat(behind.there(line.split(" ")).exit()).isEqualTo(6);
  }

  @Test
  @DisplayName("a damaged backup that is named is told of, though the server says no more than 500")
  void ofADamagedBackupThatIsNamed() throws IOException {
    Map<?, ?> backup = (Map<?, ?>) behind.here("backup", "--json").json().get("backup");
    String run = (String) backup.get("run_id");
    behind.here("backup", "--quiet");
    try (var files = Files.walk(behind.cli().path("backups/completed/" + run + "_manual"))) {
      Files.writeString(
          files.filter(file -> file.endsWith("manifest.json")).findFirst().orElseThrow(), "{");
    }

    assertSameCodes("backup show " + run);
    assertSameCodes("restore " + run + " --confirm");
    assertThat(behind.there("backup", "show", run).err()).contains("manifest.json");
    behind.cli().atTerminal("no\n");
    assertThat(behind.there("backup", "delete", run, "--no-color").err())
        .contains("This deletes " + run + ": a damaged backup.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup show 20200101-000000-000009",
        "backup validate 20200101-000000-000009",
        "backup delete 20200101-000000-000009 --confirm",
        "restore 0123456789ab --confirm",
        "restore 20200101-000000-000009 --dry-run",
        "restore latest --component nothing --confirm"
      })
  void codesOfWhatIsNotThere(String line) {
    behind.here("backup", "--quiet");

    assertSameCodes(line);
    assertThat(behind.there(line.split(" ")).exit()).isEqualTo(4);
  }

  @Test
  void aPartialBackupNeedsComponentsNamed() throws IOException {
    Files.delete(behind.cli().path("app.ini"));
    Map<?, ?> backup = (Map<?, ?>) behind.here("backup", "--json").json().get("backup");

    assertSameCodes("restore " + backup.get("run_id") + " --confirm");
    assertThat(behind.there("restore", "latest", "--confirm").exit()).isEqualTo(4);
  }

  @Test
  void aRestoreElsewhereIsNamedFromTheRootOfTheServer() {
    behind.here("backup", "--quiet");
    String to = behind.cli().path("out").toString();

    Result there = behind.there("restore", "latest", "--to", to);
    Result relative = behind.there("restore", "latest", "--to", "out2");
    Result used = behind.there("restore", "latest", "--to", to);

    assertThat(there.exit()).as(there.err()).isZero();
    assertThat(there.out()).contains(" to " + to);
    assertThat(behind.cli().read("out/tree/a.txt")).isEqualTo("first\n");
    assertThat(relative.exit()).isEqualTo(2);
    assertThat(relative.err()).contains("names a directory on the server");
    assertThat(used.exit()).isEqualTo(7);
  }

  @Test
  void theOneWhoHasToConsentSeesTheSamePlan() {
    behind.here("backup", "--quiet");

    behind.cli().atTerminal("no\n");
    Result here = behind.here("restore", "latest", "--no-color");
    Result there = behind.there("restore", "latest", "--no-color");
    Result hereDelete = behind.here("backup", "delete", "latest", "--no-color");
    Result thereDelete = behind.there("backup", "delete", "latest", "--no-color");

    assertThat(there.exit()).isEqualTo(9);
    assertThat(Normal.of(there.err())).contains("REPLACES").isEqualTo(Normal.of(here.err()));
    assertThat(Normal.of(thereDelete.err()))
        .contains("This deletes ")
        .isEqualTo(Normal.of(hereDelete.err()));
    assertThat(behind.server().seen()).allMatch(request -> request.method().equals("GET"));
  }

  @Test
  void bothIdsNameABackup() {
    behind.here("backup", "--quiet");
    Map<?, ?> backup = (Map<?, ?>) behind.there("backup", "show", "--json").json().get("backup");

    for (Object id : List.of(backup.get("run_id"), backup.get("backup_id"))) {
      assertThat(behind.there("backup", "show", (String) id).out())
          .isEqualTo(behind.here("backup", "show", (String) id).out());
    }
    assertThat(behind.there("backup", "delete", (String) backup.get("backup_id"), "--confirm"))
        .isEqualTo(new Result(0, "deleted " + backup.get("run_id") + "\n", ""));
  }

  /** Each begins with the same state, which it may change. */
  private void assertSame(String line) {
    behind.cli().write("data/a.txt", "changed").write("data/new.txt", "new");
    Result here = behind.here(line.split(" "));
    behind.cli().write("data/a.txt", "changed").write("data/new.txt", "new");
    Result there = behind.there(line.split(" "));
    assertSame(here, there);
  }

  private void assertSameAsItIs(String line) {
    assertSame(behind.here(line.split(" ")), behind.there(line.split(" ")));
  }

  private static void assertSame(Result here, Result there) {
    assertThat(there.exit()).as(there.err()).isEqualTo(here.exit());
    assertThat(Normal.of(there.out())).isEqualTo(Normal.of(here.out()));
    assertThat(Normal.of(there.err())).isEqualTo(Normal.of(here.err()));
  }

  private void assertSameCodes(String line) {
    String[] args = (line + " --json").split(" ");
    Result here = behind.here(args);
    Result there = behind.there(args);

    assertThat(there.exit()).as(there.err()).isEqualTo(here.exit());
    for (String member : List.of("code", "exit_code", "retryable")) {
      assertThat(there.err().isEmpty() ? "" : there.jsonError().get(member))
          .isEqualTo(here.err().isEmpty() ? "" : here.jsonError().get(member));
    }
  }

  /** Records of failed runs are not measured by a server. */
  private static String withoutStored(String out) {
    return Normal.of(out).replaceAll("(?m)( \\S+ B| -) (?=component|source|tree)", " ");
  }
}
