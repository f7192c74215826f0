package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreCommandTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void backUpThenLose() throws IOException {
    cli = Cli.withPlatform(directory);
    assertThat(cli.run("backup", "--quiet").exit()).isZero();
    cli.write("data/a.txt", "overwritten").write("data/new.txt", "new").write("app.ini", "x = 2\n");
    Files.delete(cli.path("data/sub/b.txt"));
  }

  @Test
  void restoresWithConsentAndSaysHowToGoBack() {
    Result result = cli.run("restore", "latest", "--confirm");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .containsPattern("^restored 2 components from backup \\S+ in ")
        .containsPattern("tree +1 created, 1 replaced, 1 removed")
        .containsPattern(
            "The former state is in safety backup \\S+; 'holdfast restore \\S+' brings");
    assertRestored();

    String safety = result.out().replaceAll("(?s).*in safety backup (\\S+);.*", "$1");
    assertThat(cli.run("restore", safety, "--confirm").exit()).isZero();
    assertLost();
  }

  @Test
  void tellsOfItInJson() {
    Map<String, Object> document = cli.run("restore", "latest", "--confirm", "--json").json();

    assertThat(document)
        .containsEntry("schema", "holdfast.restore/1")
        .containsEntry("status", "completed")
        .containsEntry("dry_run", false)
        .containsKeys("safety_backup_id", "safety_backup_run_id", "backup_run_id", "backup_id");
    assertThat(document.get("restored_components")).asInstanceOf(LIST).hasSize(2);
  }

  @Test
  void withoutConsentNothingHappens() {
    assertThat(cli.run("restore", "latest").exit()).isEqualTo(9);
    assertThat(cli.run("restore", "latest", "--json").exit()).isEqualTo(9);
    assertThat(cli.atTerminal("no\n").run("restore", "latest").exit()).isEqualTo(9);
    assertLost();
  }

  @Test
  void theOneWhoHasToConsentSeesThePlanFirst() {
    Result result = cli.atTerminal("yes\n").run("restore", "latest", "--no-color");

    assertThat(result.exit()).isZero();
    assertThat(result.err())
        .containsPattern("Restore from backup \\S+ \\(manual, \\d+ s ago, made on .*\\):")
        .containsPattern("tree +directory +\\d+ s ago +" + directory.resolve("data"))
        .contains("What is there now is saved first, as a safety backup in " + cli.path("backups"))
        .contains("Type 'yes' to restore: ");
    assertRestored();
  }

  @Test
  void aDryRunNeedsNoConsentListsEachChangeAndMakesNone() {
    Result result = cli.run("restore", "latest", "--dry-run");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .startsWith("dry run: would restore 2 components from backup ")
        .contains("; nothing was changed\n")
        .contains("  replace   " + cli.path("data/a.txt"))
        .contains("  create    " + cli.path("data/sub/b.txt"))
        .contains("  remove    " + cli.path("data/new.txt"))
        .contains("  replace   " + cli.path("app.ini"));
    assertThat(cli.run("restore", "latest", "--dry-run", "--json").json())
        .containsEntry("dry_run", true);
    assertLost();
    assertThat(cli.run("backup", "list").out()).doesNotContain("safety");
  }

  @Test
  void restoresOnlyWhatIsNamed() {
    assertThat(cli.run("restore", "latest", "--component", "settings", "--confirm").exit())
        .isZero();

    assertThat(cli.read("app.ini")).isEqualTo("x = 1\n");
    assertThat(cli.read("data/a.txt")).isEqualTo("overwritten");
  }

  @Test
  @Tag("P11")
  @DisplayName("P11: a repository alone is enough to restore elsewhere, without a configuration")
  void restoresFromARepositoryAlone() throws IOException {
    Files.delete(cli.path("holdfast.yaml"));

    Result result = cli.run("restore", "latest", "--repository", "backups", "--to", "out");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains(" to " + cli.path("out"));
    assertThat(cli.read("out/tree/a.txt")).isEqualTo("first\n");
    assertThat(cli.read("out/tree/sub/b.txt")).isEqualTo("second\n");
    assertLost();
    for (List<String> line :
        List.of(
            List.of("backup", "list"),
            List.of("backup", "show"),
            List.of("backup", "validate"),
            List.of("repository", "check"))) {
      String[] args =
          java.util.stream.Stream.concat(
                  line.stream(), java.util.stream.Stream.of("--repository", "backups"))
              .toArray(String[]::new);
      assertThat(cli.run(args).exit()).as("%s", line).isZero();
    }
  }

  @Test
  void aDestinationThatIsInUseIsRefused() throws IOException {
    cli.write("other/file", "");
    Result directory = cli.run("restore", "latest", "--to", "other");
    Result file = cli.run("restore", "latest", "--to", "other/file");

    assertThat(directory.exit()).isEqualTo(7);
    assertThat(directory.err()).contains(cli.path("other") + ", is not empty\n  Name a directory");
    assertThat(file.exit()).isEqualTo(7);
    assertThat(file.err()).contains(cli.path("other/file") + ", is no directory\n");
    assertLost();
    assertThat(cli.path("data/tree")).doesNotExist();

    Files.createDirectories(cli.path("empty"));
    assertThat(cli.run("restore", "latest", "--to", "empty").exit()).isZero();
  }

  @Test
  void aDestinationInTheInstallationIsRefused() throws IOException {
    Files.createSymbolicLink(cli.path("link"), cli.path("backups/completed"));
    for (String place : List.of("backups/completed/x", "link/x", "backups/.state/x")) {
      for (String[] more : List.of(new String[0], new String[] {"--repository", "backups"})) {
        Result refused =
            cli.run(
                Stream.concat(Stream.of("restore", "latest", "--to", place), Arrays.stream(more))
                    .toArray(String[]::new));

        assertThat(refused.exit()).as(place).isEqualTo(7);
        assertThat(refused.err())
            .contains(", lies in the repository, " + cli.path("backups") + "\n  Name a directory");
      }
    }
    Result live = cli.run("restore", "latest", "--to", "data/look");
    assertThat(live.exit()).isEqualTo(7);
    assertThat(live.err()).contains(", lies in component tree, " + cli.path("data") + "\n");
    assertThat(cli.path("data/look")).doesNotExist();
    assertThat(cli.path("backups/completed/x")).doesNotExist();
  }

  @Test
  void aPartialBackupNeedsComponentsNamed() throws IOException {
    Files.delete(cli.path("app.ini"));
    assertThat(cli.run("backup", "--quiet").exit()).isEqualTo(3);
    String run =
        (String)
            ((Map<?, ?>)
                    ((List<?>) cli.run("backup", "list", "--json").json().get("backups"))
                        .getFirst())
                .get("run_id");

    Result whole = cli.run("restore", run, "--confirm");
    Result named = cli.run("restore", run, "--component", "tree", "--confirm");

    assertThat(whole.exit()).isEqualTo(1);
    assertThat(whole.err()).contains("is partial").contains("--component");
    assertThat(named.exit()).isZero();
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: a damaged backup is not restored, with exit code 6, and nothing is touched")
  void refusesADamagedBackup() throws IOException {
    try (var files = Files.walk(cli.path("backups/completed"))) {
      Path stored = files.filter(file -> file.endsWith("a.txt")).findFirst().orElseThrow();
      stored.toFile().setWritable(true);
      Files.writeString(stored, "First\n");
    }

    Result result = cli.run("restore", "latest", "--confirm");

    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.err()).contains("damaged").contains("Nothing was touched");
    assertLost();
  }

  private void assertRestored() {
    assertThat(cli.read("data/a.txt")).isEqualTo("first\n");
    assertThat(cli.read("data/sub/b.txt")).isEqualTo("second\n");
    assertThat(cli.path("data/new.txt")).doesNotExist();
    assertThat(cli.read("app.ini")).isEqualTo("x = 1\n");
  }

  private void assertLost() {
    assertThat(cli.read("data/a.txt")).isEqualTo("overwritten");
    assertThat(cli.path("data/sub/b.txt")).doesNotExist();
    assertThat(cli.path("data/new.txt")).exists();
    assertThat(cli.read("app.ini")).isEqualTo("x = 2\n");
  }
}
