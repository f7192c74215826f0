package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.InstallationLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code component list} and {@code doctor}, which change nothing; and what a lock does to all. */
class LookingCommandsTest {
  @TempDir Path directory;

  @Test
  void listsComponentsWithTheirNewestBackup() {
    Cli cli = Cli.withPlatform(directory);
    cli.run("backup", "--component", "tree");

    Result result = cli.run("component", "list");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("COMPONENT  KIND       CRITICAL  GROUP  LAST BACKUP  PLACE\n")
        .containsPattern("settings   file       no        -      never        .*/app.ini\n")
        .containsPattern("tree       directory  yes       -      \\d+ s ago      .*/data\n");
  }

  @Test
  void aSafetyBackupIsNoBackupOfAComponent() {
    Cli cli = Cli.withPlatform(directory);
    cli.run("backup");
    cli.run("restore", "latest", "--confirm");
    cli.run("backup", "delete", "latest", "--confirm");

    assertThat(cli.run("backup", "list").out()).contains("safety");
    assertThat(cli.run("component", "list").out()).contains("never").doesNotContain("ago");
  }

  @Test
  void doctorFindsNothingWrongWithAWorkingInstallation() {
    Cli cli = Cli.withPlatform(directory);
    cli.run("backup");

    Result result = cli.run("doctor");

    assertThat(result.exit()).as(result.out()).isZero();
    assertThat(result.out())
        .contains("ok       configuration: " + cli.path("holdfast.yaml") + ": 2 components")
        .contains("1 backup, the newest complete one")
        .contains("ok       component: tree: ")
        .endsWith("Nothing stands in the way.\n");
    assertThat(cli.run("doctor", "--json").json())
        .containsEntry("schema", "holdfast.doctor/1")
        .containsEntry("ok", true);
  }

  @Test
  void doctorChangesNothing() throws IOException {
    Cli cli = Cli.withPlatform(directory);
    long before = count();

    Result result = cli.run("doctor");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("does not exist yet");
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void doctorSaysWhatIsWrongAndWhatToDo() throws IOException {
    Cli cli =
        new Cli(directory)
            .write(
                "holdfast.yaml",
                """
                backup: {path: data/backups}
                components:
                  tree: {kind: directory, path: data}
                  gone: {kind: directory, path: gone}
                """);
    Files.createDirectories(cli.path("data"));

    Result result = cli.run("doctor");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .containsPattern("error    configuration: .*data/backups.*lies inside component tree")
        .containsPattern("error    component: gone: ")
        .endsWith("Something is wrong.\n");
    assertThat(cli.run("doctor", "--json").json())
        .containsEntry("ok", false)
        .extracting("findings")
        .asInstanceOf(LIST)
        .anySatisfy(finding -> assertThat(finding).extracting("severity").isEqualTo("error"));
  }

  @Test
  void doctorLooksAtWhatTheServerNeeds() {
    Cli cli = Cli.withPlatform(directory);
    cli.write(
        "holdfast.yaml",
        cli.read("holdfast.yaml")
            + """
            server:
              tls: {certificate: chain.pem, key: key.pem}
              database: {url: "jdbc:postgresql://db/x", user: x, password_env: DB_PASSWORD}
              webhooks:
                ops: {url: "https://ops.example.org/", secret_file: secret}
                far: {url: "https://far.example.org/", secret_file: nowhere}
            """);
    cli.write("chain.pem", "no certificate").write("key.pem", "no key").write("secret", "s3cret\n");

    Result result = cli.run("doctor");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .containsPattern("error    server: tls: .*chain.pem holds no certificate")
        .containsPattern("warning  server: database: .*DB_PASSWORD is not set")
        .contains("ok       server: webhook ops: its secret can be had")
        .containsPattern("error    server: webhook far: .*nowhere")
        .doesNotContain("s3cret");
    assertThat(cli.set("DB_PASSWORD", "p4ssword").run("doctor").out())
        .contains("ok       server: database: ")
        .doesNotContain("p4ssword");
  }

  @Test
  void doctorTellsAScheduleThatMakesNoSense() {
    Cli cli = Cli.withPlatform(directory);
    cli.write(
        "holdfast.yaml",
        cli.read("holdfast.yaml").replace("compression: none", "schedule_cron: 61 3 * * *"));

    Result result = cli.run("doctor");

    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains("holdfast.yaml:3:18: backup.schedule_cron: found '61'");
  }

  @Test
  void doctorFindsADamagedManifest() throws IOException {
    Cli cli = Cli.withPlatform(directory);
    cli.run("backup");
    try (var files = Files.walk(cli.path("backups/completed"))) {
      Files.writeString(
          files.filter(file -> file.endsWith("manifest.json")).findFirst().orElseThrow(), "{");
    }

    Result result = cli.run("doctor");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).contains("manifest.json").contains("repository check");
  }

  @Test
  void whileAnotherIsAtWorkThereIsExitCodeFiveAndReadingGoesOn() throws Exception {
    Cli cli = Cli.withPlatform(directory);
    cli.run("backup");
    var lock =
        new InstallationLock(PosixFileLayer.create(), FilePath.of(cli.path("backups/.state")));
    try (HeldLock held = lock.acquire("a test")) {
      Result backup = cli.run("backup");
      assertThat(backup.exit()).isEqualTo(5);
      assertThat(backup.err()).contains("another operation of this installation is under way");
      assertThat(cli.run("backup", "--json").jsonError())
          .containsEntry("code", "BUSY")
          .containsEntry("retryable", true);
      assertThat(cli.run("restore", "latest", "--confirm").exit()).isEqualTo(5);
      assertThat(cli.run("backup", "delete", "latest", "--confirm").exit()).isEqualTo(5);
      assertThat(cli.run("backup", "list").exit()).isZero();
      assertThat(cli.run("backup", "validate").exit()).isZero();
      assertThat(cli.run("doctor").out()).contains("warning  lock: ").contains("a test");
    }
    assertThat(cli.run("backup").exit()).isZero();
  }

  private long count() throws IOException {
    try (var files = Files.walk(directory)) {
      return files.count();
    }
  }
}
