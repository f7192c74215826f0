package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor says of a repository that several machines may share. */
class NeighboursTest {
  @TempDir Path directory;

  @Test
  @DisplayName("without a name, backups of the same components from another host are a warning")
  void mixed() throws Exception {
    Cli cli = Cli.withPlatform(directory);
    assertThat(cli.run("backup").exit()).isZero();
    assertThat(cli.run("doctor").out()).doesNotContain("backup.installation");
    Path backup;
    try (var all = java.nio.file.Files.list(cli.path("backups/completed"))) {
      backup = all.findFirst().orElseThrow();
    }
    Path manifest = backup.resolve("manifest.json");
    String text = java.nio.file.Files.readString(manifest);
    java.nio.file.Files.writeString(
        manifest, text.replaceAll("\"host\": \"[^\"]*\"", "\"host\": \"elsewhere\""));
    String digest =
        java.util.HexFormat.of()
            .formatHex(
                java.security.MessageDigest.getInstance("SHA-256")
                    .digest(java.nio.file.Files.readAllBytes(manifest)));
    java.nio.file.Files.writeString(
        backup.resolve("manifest.json.sha256"), digest + "  manifest.json\n");

    assertThat(cli.run("doctor").out())
        .contains("backups of settings, tree from elsewhere too", "backup.installation");
    assertThat(cli.run("doctor").exit()).isZero();
  }

  @Test
  @DisplayName("with a name, backups of this machine from before it are told")
  void leftBehind() {
    Cli cli = Cli.withPlatform(directory);
    assertThat(cli.run("backup").exit()).isZero();
    cli.write(
        "holdfast.yaml",
        cli.read("holdfast.yaml").replace("backup:\n", "backup:\n  installation: shop\n"));

    assertThat(cli.run("doctor").out())
        .contains("1 backup of this machine is from before it had the name shop");
  }

  @Test
  @DisplayName("those of an unnamed neighbour on the same machine are not its own past")
  void unnamedNeighbour() {
    Cli cli = Cli.withPlatform(directory);
    assertThat(cli.run("backup").exit()).isZero();
    cli.write("other/data/a", "x");
    cli.write(
        "holdfast.yaml",
        """
        backup: {path: backups, installation: shop}
        components:
          tree: {kind: directory, path: other/data}
          more: {kind: file, path: app.ini}
        """);

    assertThat(cli.run("doctor").out()).doesNotContain("from before it had the name");
  }
}
