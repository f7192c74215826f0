package io.holdfast.cli.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repository that restic wrote, in Holdfast's hands. */
class ResticSnapshotsTest {
  @TempDir Path directory;

  private final FileLayer files = PosixFileLayer.create();
  private Cli cli;
  private Path vault;
  private Restic restic;

  @BeforeEach
  void room() throws IOException {
    vault = directory.resolve("vault");
    restic = new Restic(Files.createDirectories(directory.resolve("restic")), vault);
    cli =
        Cli.withPlatform(directory).set("HOLDFAST_PASSWORD_FILE", restic.passwordFile().toString());
    cli.write(
        "holdfast.yaml",
        """
        backup:
          repository: vault
          path: vault
          state: state
          password_file: %s
        components:
          tree: {kind: directory, path: data}
        """
            .formatted(restic.passwordFile()));
  }

  private Result ok(String... arguments) {
    Result result = cli.run(arguments);
    assertThat(result.exit()).as(() -> result.out() + result.err()).isZero();
    return result;
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> snapshots() {
    Map<String, Object> list = ok("backup", "list", "--json", "--repository", "vault").json();
    return (List<Map<String, Object>>) list.getOrDefault("snapshots", List.of());
  }

  private TreeSnapshot look(Path root) throws IOException {
    // Where holes are is not in a snapshot of restic's.
    return TreeSnapshot.of(files, FilePath.of(root), p -> !p.toString().startsWith("sparse/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  @Tag("P11")
  @DisplayName(
      "P11: what restic wrote, of format 1 or 2, is listed, checked and restored as it was")
  void everything(String format) throws Exception {
    restic.run("init", "--repository-version", format);
    Path live = directory.resolve("live");
    TreeFixture.make(files, FilePath.of(live));
    restic.runIn(
        directory,
        "backup",
        "--host",
        "db1",
        "--tag",
        "nightly",
        "live",
        "--time",
        "2026-11-20 14:30:00");

    Map<String, Object> snapshot = snapshots().getFirst();
    assertThat(snapshot).containsEntry("host", "db1").containsEntry("tags", List.of("nightly"));
    assertThat(snapshot.get("paths")).asInstanceOf(LIST).containsExactly(live.toString());
    String id = snapshot.get("snapshot_id").toString().substring(0, 8);
    assertThat(ok("backup", "list", "--repository", "vault").out())
        .contains("Snapshots of other programs:", id, "db1", "nightly");
    assertThat(ok("backup", "show", id, "--repository", "vault").out())
        .contains("db1", live.toString());
    assertThat(ok("backup", "validate", id, "--repository", "vault").out()).contains("sound");
    ok("repository", "check", "--repository", "vault");

    assertThat(ok("restore", id, "--to", "dry", "--dry-run", "--repository", "vault").out())
        .contains("would restore snapshot " + id);
    assertThat(directory.resolve("dry")).doesNotExist();
    ok("restore", id, "--to", "restored", "--repository", "vault");
    Path restored = directory.resolve("restored/live");
    // restic 0.14 keeps targets of links as text alone.
    assertThat(
            look(live)
                .only(p -> !p.toString().equals("links/not-text"))
                .differences(look(restored).only(p -> !p.toString().equals("links/not-text"))))
        .isEmpty();
    try (Stream<Path> sparse = Files.list(live.resolve("sparse"))) {
      for (Path file : sparse.toList()) {
        assertThat(restored.resolve("sparse").resolve(file.getFileName()))
            .hasSameBinaryContentAs(file);
      }
    }
  }

  @Test
  @DisplayName("both keep their own in one repository, and neither harms the other's")
  void together() throws Exception {
    restic.run("init");
    restic.runIn(directory, "backup", "data");
    cli.write("data/a.txt", "changed\n");
    ok("backup");
    restic.runIn(directory, "backup", "data", "--host", "other");
    ok("backup");

    assertThat(snapshots()).hasSize(2);
    assertThat(ok("backup", "list").out()).contains("Snapshots of other programs:");
    restic.run("check", "--read-data");
    assertThat(restic.run("snapshots", "--tag", "holdfast")).contains("2 snapshots");
    ok("repository", "check");

    restic.run("forget", "--host", "other", "--keep-last", "1");
    String newest = restic.run("snapshots", "--tag", "holdfast", "--latest", "1", "--json");
    String id = newest.replaceAll("(?s).*\"id\":\"([0-9a-f]{64})\".*", "$1");
    restic.run("forget", id, "--prune");
    assertThat(ok("backup", "list", "--json").json().get("backups")).asInstanceOf(LIST).hasSize(1);
    ok("restore", "latest", "--confirm");
    assertThat(cli.read("data/a.txt")).isEqualTo("changed\n");
    ok("backup");
    ok("repository", "check");
    restic.run("check", "--read-data");
  }

  @Test
  @DisplayName(
      "a snapshot of restic's is never 'latest', never deleted and never restored in place")
  void apart() throws Exception {
    cli.write(
        "holdfast.yaml",
        cli.read("holdfast.yaml")
            .replace("  state: state\n", "  state: state\n  retention: {max_count: 1}\n"));
    restic.run("init");
    restic.runIn(directory, "backup", "data");
    String id = snapshots().getFirst().get("snapshot_id").toString();

    assertThat(cli.run("restore", "latest", "--to", "there").exit()).isEqualTo(4);
    assertThat(cli.run("restore", id, "--confirm").err()).contains("--to DIR");
    assertThat(cli.run("backup", "delete", id, "--confirm").exit()).isNotZero();
    assertThat(cli.run("restore", id, "--component", "tree", "--to", "there").err())
        .contains("has no components");
    for (int i = 0; i < 3; i++) {
      cli.write("data/a.txt", "version " + i);
      ok("backup");
    }
    assertThat(ok("backup", "list", "--json").json().get("backups")).asInstanceOf(LIST).hasSize(1);
    assertThat(snapshots()).hasSize(1);
  }

  @Test
  @Tag("P6")
  @DisplayName("P6: a repository of a newer format is refused")
  void newerFormat() throws Exception {
    restic.run("init");
    NewerFormat.make(vault, Restic.PASSWORD);

    Result result = cli.run("backup", "list", "--repository", "vault");
    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.err()).contains("version 3");
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: a flipped bit in what restic wrote is found, and never restored silently")
  void flippedBit() throws Exception {
    restic.run("init");
    Files.write(directory.resolve("data/large"), noise());
    restic.runIn(directory, "backup", "data");
    String id = snapshots().getFirst().get("snapshot_id").toString();
    flip(largest(vault.resolve("data")));

    Result validated = cli.run("backup", "validate", id, "--repository", "vault");
    assertThat(validated.exit()).isEqualTo(6);
    assertThat(validated.out()).contains("damaged", "data/large");
    assertThat(cli.run("repository", "check", "--repository", "vault").exit()).isEqualTo(6);
    Result restored = cli.run("restore", id, "--to", "there", "--repository", "vault");
    assertThat(restored.exit()).isEqualTo(6);
    assertThat(directory.resolve("there")).doesNotExist();
  }

  private static byte[] noise() {
    var bytes = new byte[3 << 20];
    new java.util.Random(5).nextBytes(bytes);
    return bytes;
  }

  private static Path largest(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .max(java.util.Comparator.comparing(p -> p.toFile().length()))
          .orElseThrow();
    }
  }

  @Test
  @DisplayName("what is passed over of another program is counted, and it is said how to reach it")
  void counted() throws Exception {
    ok("backup");
    restic.runIn(directory, "backup", "data");
    restic.runIn(directory, "backup", "app.ini");

    assertThat(ok("repository", "check").out())
        .contains("1 backup and 2 snapshots of other programs, no problem found");
    assertThat(ok("repository", "check", "--json").json().get("snapshots").toString())
        .startsWith("2");
    assertThat(ok("backup", "validate", "--all").out())
        .contains("2 snapshots of other programs left out", "validate ID", "repository check");
    assertThat(
            ok("backup", "validate", "--all", "--json").json().get("snapshots_left_out").toString())
        .startsWith("2");
    assertThat(ok("backup", "validate").out()).doesNotContain("left out");
    assertThat(ok("repository", "copy", "--to", "away").out())
        .contains("1 backup copied", "2 snapshots of other programs left out", "restic copy");
    assertThat(ok("repository", "copy", "--to", "away", "--backup", "latest").out())
        .doesNotContain("left out");
  }

  @Test
  @DisplayName("a restore that fails removes the directories that it made, above the place too")
  void aFailedRestoreLeavesNothing() throws Exception {
    ok("backup");
    restic.runIn(directory, "backup", "data");
    String id = snapshots().getFirst().get("snapshot_id").toString();
    String to = cli.path("far/away/out").toString();

    ok("restore", "latest", "--to", to, "--dry-run");
    ok("restore", id, "--to", to, "--dry-run");
    assertThat(cli.path("far")).doesNotExist();
    try (Stream<Path> packs = Files.walk(vault.resolve("data"))) {
      for (Path pack : packs.filter(Files::isRegularFile).toList()) {
        flip(pack);
      }
    }

    assertThat(cli.run("restore", "latest", "--to", to).exit()).isNotZero();
    assertThat(cli.run("restore", id, "--to", to).exit()).isNotZero();
    assertThat(cli.path("far")).doesNotExist();
  }

  private static void flip(Path file) throws IOException {
    file.toFile().setWritable(true);
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2);
      int old = bytes.read();
      bytes.seek(bytes.length() / 2);
      bytes.write(old ^ 1);
    }
  }
}
