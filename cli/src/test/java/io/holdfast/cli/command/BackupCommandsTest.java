package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import io.holdfast.server.Holdfast;
import io.holdfast.server.setting.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandsTest {
  @TempDir Path directory;

  @Test
  void makesABackupAndTellsOfIt() {
    Cli cli = Cli.withPlatform(directory);

    Result result = cli.run("backup");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .containsPattern("^backup \\d{8}-\\d{6}-000001 completed in .*: 19 B of 2 components\n")
        .contains("COMPONENT  KIND       STATUS     SIZE  FILES")
        .contains("settings   file       completed   6 B      1")
        .contains("tree       directory  completed  13 B      2")
        .contains("It is in " + directory.resolve("backups") + ", stored as none")
        .doesNotContain("\u001b");
  }

  @Test
  void tellsOfItInJson() {
    Cli cli = Cli.withPlatform(directory);

    Map<String, Object> document = cli.run("backup", "create", "--json").json();

    assertThat(document).containsEntry("schema", "holdfast.backup.create/1");
    assertThat(document.get("backup"))
        .hasFieldOrPropertyWithValue("status", "completed")
        .hasFieldOrPropertyWithValue("trigger", "manual")
        .hasFieldOrPropertyWithValue("compression", "none")
        .extracting("components")
        .asInstanceOf(LIST)
        .hasSize(2);
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: what a server was told to keep, a command beside it keeps too")
  void heedsWhatTheServerStored() throws IOException {
    Cli cli = Cli.withPlatform(directory);
    cli.write(
        "holdfast.yaml",
        """
        backup:
          path: backups
          compression: none
          on_startup: false
          on_shutdown: false
          retention: {max_count: 1}
        components:
          tree: {kind: directory, path: data}
        """);
    try (Holdfast server = Holdfast.builder().configuration(cli.path("holdfast.yaml")).start()) {
      server.settings().put(SettingKey.MAX_COUNT, "100", "ann");
      server.settings().put(SettingKey.COMPRESSION, "gzip", "ann");
      server.settings().put(SettingKey.PATH, cli.path("backups").toString(), "ann");
      assertThat(cli.run("doctor").out()).doesNotContain("warning  settings: ");
      server.settings().put(SettingKey.PATH, cli.path("elsewhere").toString(), "ann");
      assertThat(cli.run("doctor").out()).contains("in " + cli.path("elsewhere"));
      server.settings().reset(SettingKey.PATH);
    }
    cli.run("backup");
    Result verbose = cli.run("backup", "--verbose");
    assertThat(verbose.err()).contains("compression gzip, retention.max_count 100");
    assertThat(verbose.out()).contains("stored as gzip");
    assertThat(cli.run("doctor").out())
        .contains("ok       settings: ", "compression gzip, retention.max_count 100");
    assertThat(cli.run("backup", "list", "--json").json().get("backups"))
        .asInstanceOf(LIST)
        .hasSize(2);

    cli.write("backups/.state/settings.json", "{");
    Result unknown = cli.run("backup");
    assertThat(unknown.exit()).isZero();
    assertThat(unknown.err()).contains("no older backup was removed", "settings.json is damaged");
    assertThat(cli.run("backup", "list", "--json").json().get("backups"))
        .asInstanceOf(LIST)
        .hasSize(3);
    assertThat(cli.run("doctor").out()).contains("warning  settings: ");

    Files.delete(cli.path("backups/.state/settings.json"));
    cli.run("backup");
    assertThat(cli.run("backup", "list", "--json").json().get("backups"))
        .asInstanceOf(LIST)
        .hasSize(1);
  }

  @Test
  void quietSaysNothingWhenAllIsWell() {
    Result result = Cli.withPlatform(directory).run("backup", "--quiet");

    assertThat(result).isEqualTo(new Result(0, "", ""));
  }

  @Test
  void verboseTellsThePhases() {
    Result result = Cli.withPlatform(directory).run("backup", "--verbose");

    assertThat(result.err())
        .contains("phase: capture\n", "phase: transfer\n", "phase: verify\n", "phase: publish\n")
        .contains("tree: completed\n");
  }

  @Test
  void backsUpTheComponentsThatAreNamed() {
    Cli cli = Cli.withPlatform(directory);

    Object backup = cli.run("backup", "--component", "tree", "--json").json().get("backup");

    assertThat(backup).extracting("requested").isEqualTo(List.of("tree"));
    assertThat(backup).extracting("components").asInstanceOf(LIST).hasSize(1);
  }

  @Test
  void aComponentThatIsNotConfiguredIsNotFound() {
    Result result = Cli.withPlatform(directory).run("backup", "--component", "tree,nothing");

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err())
        .isEqualTo("error: no component is called nothing\n  Configured are: settings, tree.\n");
  }

  @Test
  @Tag("P2")
  @DisplayName("P2: without an optional component a backup is partial, with exit code 3")
  void partialHasItsOwnExitCode() throws IOException {
    Cli cli = Cli.withPlatform(directory);
    Files.delete(cli.path("app.ini"));

    Result result = cli.run("backup");

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out()).contains(" partial in ");
    assertThat(result.err())
        .startsWith("warning: optional component settings is not in the backup: ")
        .contains(cli.path("app.ini").toString());
  }

  @Test
  @Tag("P2")
  @DisplayName("P2: without a critical component there is no backup, and an error says why")
  void failureIsAnErrorWithWhatToDo() throws IOException {
    Cli cli = Cli.withPlatform(directory);
    cli.path("data").toFile().renameTo(cli.path("moved").toFile());

    Result text = cli.run("backup");
    Result json = cli.run("backup", "--json");

    assertThat(text.exit()).isEqualTo(1);
    assertThat(text.err()).contains("error: backup ").contains(" failed: component tree: ");
    assertThat(text.err().lines().count()).isGreaterThan(1);
    assertThat(json.exit()).isEqualTo(1);
    assertThat(json.json().get("backup")).hasFieldOrPropertyWithValue("status", "failed");
    assertThat(json.jsonError())
        .containsEntry("code", "SOURCE_MISSING")
        .containsEntry("exit_code", 1L);
    assertThat(cli.run("backup", "list").out()).startsWith("No backups in ");
    assertThat(cli.run("backup", "list", "--failed").out()).contains("failed").contains("manual");
  }

  @Test
  void aRepositoryThatCannotBeMadeHasItsOwnExitCode() {
    Cli cli = Cli.withPlatform(directory).write("backups", "a file where a directory should be");

    Result result = cli.run("backup");

    assertThat(result.exit()).isEqualTo(10);
    assertThat(result.err()).startsWith("error: ").contains(cli.path("backups").toString());
  }

  @Test
  void listsNewestFirst() {
    Cli cli = Cli.withPlatform(directory);
    String first = backup(cli);
    String second = backup(cli);

    Result result = cli.run("backup", "list");

    List<String> lines = result.out().lines().toList();
    assertThat(result.exit()).isZero();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("RUN");
    assertThat(lines.get(1)).startsWith(second).contains("completed  manual");
    assertThat(lines.get(2)).startsWith(first).endsWith("settings, tree");
  }

  @Test
  void limitsTheListAndSaysWhatIsLeft() {
    Cli cli = Cli.withPlatform(directory);
    backup(cli);
    String second = backup(cli);

    assertThat(cli.run("backup", "list", "--limit", "1").out())
        .contains(second)
        .endsWith("and 1 older\n");
    assertThat(cli.run("backup", "list", "--limit", "1", "--json").json().get("backups"))
        .asInstanceOf(LIST)
        .hasSize(1);
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: a backup whose manifest is damaged is listed as corrupt, not left out")
  void listsADamagedBackup() throws IOException {
    Cli cli = Cli.withPlatform(directory);
    String run = backup(cli);
    Files.writeString(cli.path("backups/completed/" + run + "_manual/manifest.json"), "{");

    assertThat(cli.run("backup", "list").out()).contains(run + "  -").contains("corrupt");
    assertThat(cli.run("backup", "list", "--json").json().get("backups"))
        .asInstanceOf(LIST)
        .singleElement()
        .hasFieldOrPropertyWithValue("status", "corrupt");
    assertThat(cli.run("backup", "show", run).exit()).isEqualTo(6);
    assertThat(cli.run("restore", run, "--confirm").exit()).isEqualTo(6);
  }

  @Test
  void showsABackupByEitherIdAndByLatest() {
    Cli cli = Cli.withPlatform(directory);
    String run = backup(cli);
    Object shown = cli.run("backup", "show", run, "--json").json().get("backup");
    String id = (String) ((Map<?, ?>) shown).get("backup_id");

    for (String name : List.of(run, id, "latest")) {
      assertThat(cli.run("backup", "show", name).out())
          .contains("run         " + run)
          .contains("backup id   " + id)
          .contains("COMPONENT  ARTIFACT");
    }
    assertThat(cli.run("backup", "show").out()).contains(run);
  }

  @Test
  void whatIsNoIdIsAUsageErrorAndWhatDoesNotExistIsNotFound() {
    Cli cli = Cli.withPlatform(directory);
    backup(cli);

    assertThat(cli.run("backup", "show", "../../etc/passwd").exit()).isEqualTo(2);
    assertThat(cli.run("backup", "show", "20200101-000000-000009").exit()).isEqualTo(4);
    assertThat(cli.run("backup", "show", "0123456789ab").exit()).isEqualTo(4);
  }

  @Test
  void validatesWhatIsSound() {
    Cli cli = Cli.withPlatform(directory);
    String first = backup(cli);
    String second = backup(cli);

    assertThat(cli.run("backup", "validate").out()).isEqualTo("backup " + second + ": sound\n");
    assertThat(cli.run("backup", "validate", first).out())
        .isEqualTo("backup " + first + ": sound\n");
    Result all = cli.run("backup", "validate", "--all", "--json");
    assertThat(all.exit()).isZero();
    assertThat(all.json())
        .containsEntry("ok", true)
        .extracting("backups")
        .asInstanceOf(LIST)
        .hasSize(2);
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: one flipped bit is found by validate and by check, with exit code 6")
  void findsAFlippedBit() throws IOException {
    Cli cli = Cli.withPlatform(directory);
    String run = backup(cli);
    flip(stored(cli, run, "a.txt"));

    Result validate = cli.run("backup", "validate", run);
    Result check = cli.run("repository", "check");
    Result quick = cli.run("repository", "check", "--structure-only");
    Result json = cli.run("repository", "check", "--json");

    assertThat(validate.exit()).isEqualTo(6);
    assertThat(validate.out()).contains("backup " + run + ": damaged").contains("a.txt");
    assertThat(validate.err()).startsWith("error: 1 backup is damaged, of 1 validated\n");
    assertThat(check.exit()).isEqualTo(6);
    assertThat(check.out()).contains("1 problem").contains("a.txt");
    assertThat(quick.exit()).isZero();
    assertThat(quick.out()).contains("(content was not read)");
    assertThat(json.exit()).isEqualTo(6);
    assertThat(json.json()).containsEntry("ok", false).containsEntry("read_data", true);
    assertThat(json.jsonError()).containsEntry("code", "ARTIFACT_CORRUPT");
  }

  @Test
  void deletesWithConsentOnly() {
    Cli cli = Cli.withPlatform(directory);
    String run = backup(cli);

    Result refused = cli.run("backup", "delete", run);
    assertThat(refused.exit()).isEqualTo(9);
    assertThat(cli.run("backup", "list").out()).contains(run);

    Result deleted = cli.run("backup", "delete", run, "--confirm");
    assertThat(deleted).isEqualTo(new Result(0, "deleted " + run + "\n", ""));
    assertThat(cli.run("backup", "list").out()).startsWith("No backups in ");
    assertThat(cli.run("backup", "delete", run, "--confirm").exit()).isEqualTo(4);
  }

  @Test
  void deletesAfterAYesAtTheTerminal() {
    Cli cli = Cli.withPlatform(directory);
    String run = backup(cli);

    assertThat(cli.atTerminal("no\n").run("backup", "delete", run).exit()).isEqualTo(9);
    Result deleted = cli.atTerminal("yes\n").run("backup", "delete", run, "--no-color");

    assertThat(deleted.exit()).isZero();
    assertThat(deleted.err())
        .contains("This deletes " + run + ": a completed backup (manual, ")
        .contains("Type 'yes' to delete: ");
  }

  @Test
  void aTerminalGetsColoursUnlessSomebodyMinds() {
    Cli cli = Cli.withPlatform(directory).atTerminal("");

    assertThat(cli.run("backup").out()).contains("\u001b[32mcompleted\u001b[0m");
    assertThat(cli.run("backup", "--no-color").out()).doesNotContain("\u001b");
    assertThat(cli.set("NO_COLOR", "1").run("backup").out()).doesNotContain("\u001b");
  }

  private static Path stored(Cli cli, String run, String name) throws IOException {
    try (var files = Files.walk(cli.path("backups/completed/" + run + "_manual"))) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[0] ^= 1;
    file.toFile().setWritable(true);
    Files.write(file, content);
  }

  private static String backup(Cli cli) {
    Result result = cli.run("backup", "--json");
    assertThat(result.exit()).as(result.err()).isZero();
    return (String) ((Map<?, ?>) result.json().get("backup")).get("run_id");
  }
}
