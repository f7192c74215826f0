package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault whose newest snapshot is damaged: nobody can tell any more which backup it was. */
@Tag("P5")
class DamagedSnapshotTest {
  @TempDir Path directory;

  private Cli cli;
  private String oldest = "";
  private String damaged = "";

  @BeforeEach
  void twoBackups() throws IOException {
    cli = Cli.withPlatform(directory);
    cli.write("secret", "open sesame\n");
    cli.write(
        "holdfast.yaml",
        """
        backup:
          state: state
          repository: vault
          path: vault
          password_file: secret
        components:
          tree: {kind: directory, path: data}
        """);
    ok("backup");
    List<Path> before = snapshots();
    oldest = String.valueOf(backups().getFirst().get("run_id"));
    ok("backup");
    Path newest =
        snapshots().stream().filter(file -> !before.contains(file)).findFirst().orElseThrow();
    byte[] bytes = Files.readAllBytes(newest);
    bytes[20] ^= 1;
    assertThat(newest.toFile().setWritable(true)).isTrue();
    Files.write(newest, bytes);
    damaged = "snapshots/" + newest.getFileName();
  }

  private List<Path> snapshots() throws IOException {
    try (var all = Files.list(cli.path("vault/snapshots"))) {
      return all.toList();
    }
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> backups() {
    return (List<Map<String, Object>>) ok("backup", "list", "--json").json().get("backups");
  }

  private Result ok(String... args) {
    Result result = cli.run(args);
    assertThat(result.exit()).as(String.join(" ", args) + ": " + result.err()).isZero();
    return result;
  }

  @Test
  @DisplayName("P5: it is listed as corrupt, before all others, however few are wanted")
  void listed() {
    Result list = ok("backup", "list");

    assertThat(list.out()).contains(oldest, "corrupt", damaged + " is damaged");
    List<Map<String, Object>> backups = backups();
    assertThat(backups).hasSize(2);
    assertThat(backups.getFirst())
        .containsEntry("status", "corrupt")
        .containsEntry("snapshot_id", damaged.substring("snapshots/".length()))
        .doesNotContainKey("run_id")
        .extractingByKey("failure")
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("code", "MANIFEST_CORRUPT");
    assertThat(ok("backup", "list", "--limit", "1").out()).contains(oldest, damaged);
    assertThat(ok("backup", "list", "--installation", "other").out())
        .contains(damaged)
        .doesNotContain(oldest);
  }

  @Test
  @DisplayName("P5: validating all backups fails by it, and reads the others")
  void validated() {
    Result all = cli.run("backup", "validate", "--all");

    assertThat(all.exit()).isEqualTo(6);
    assertThat(all.out()).contains("backup " + oldest + ": sound", damaged + " is damaged");
  }

  @Test
  @DisplayName("P3: retention neither counts nor removes it")
  void retention() throws IOException {
    cli.write(
        "holdfast.yaml",
        cli.read("holdfast.yaml").replace("backup:\n", "backup:\n  retention: {max_count: 2}\n"));
    ok("backup");

    assertThat(snapshots()).hasSize(3);
    ok("backup");
    assertThat(snapshots()).hasSize(3);
    assertThat(backups().getFirst()).containsEntry("status", "corrupt");
  }

  @Test
  @DisplayName("P5: 'latest' is not silently the one before; a backup that is named is restored")
  void latest() {
    Result restore = cli.run("restore", "latest", "--to", "out");

    assertThat(restore.exit()).isEqualTo(6);
    assertThat(restore.err()).contains("'latest' may pass over a backup", damaged);
    assertThat(Files.exists(cli.path("out"))).isFalse();
    ok("restore", oldest, "--to", "out");
  }

  @Test
  @DisplayName("P5: a copy of all backups copies what can be read, and fails")
  void copied() {
    Result copy = cli.run("repository", "copy", "--to", "other");

    assertThat(copy.exit()).isEqualTo(6);
    assertThat(copy.out()).contains("1 backup copied");
    assertThat(copy.err()).contains("not all backups may have been copied", damaged);
    ok("repository", "copy", "--to", "other", "--backup", oldest);
  }
}
