package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code restore --delta}, from a vault. */
class DeltaRestoreTest {
  private static final int LARGE = 3 << 20;

  @TempDir Path directory;
  private final byte[] large = new byte[LARGE];
  private Cli cli;

  @BeforeEach
  void backUp() throws IOException {
    new Random(4).nextBytes(large);
    cli = new Cli(directory);
    cli.write(
            "holdfast.yaml",
            """
            backup: {repository: vault, path: vault, password_file: password}
            components:
              tree: {kind: directory, path: data}
              one: {kind: file, path: settings.ini}
            """)
        .write("password", "of nobody")
        .write("settings.ini", "x = 0\n")
        .write("data/sub/small", "tiny");
    Files.write(cli.path("data/large"), large);
    assertThat(cli.run("backup", "--quiet").exit()).isZero();
    // In a pack of their own.
    cli.write("settings.ini", "x = 1\n").write("data/sub/small", "small");
    assertThat(cli.run("backup", "--quiet").exit()).isZero();
  }

  @Test
  @DisplayName("what is live still is not read from the repository; what differs is restored")
  void onlyWhatDiffers() throws IOException {
    cli.write("data/sub/small", "other").write("data/new", "new").write("settings.ini", "x = 2\n");
    // Whoever read the large file from there would find it damaged.
    for (Path pack : packs()) {
      if (Files.size(pack) > LARGE) {
        Files.delete(pack);
      }
    }
    Result whole = cli.run("restore", "latest", "--confirm");
    assertThat(whole.exit()).as(whole.out() + whole.err()).isNotZero();
    assertThat(cli.path("data/new")).exists();

    Result delta = cli.run("restore", "latest", "--confirm", "--delta");

    assertThat(delta.exit()).as(delta.out() + delta.err()).isZero();
    assertThat(cli.path("data/sub/small")).hasContent("small");
    assertThat(cli.path("settings.ini")).hasContent("x = 1\n");
    assertThat(cli.path("data/new")).doesNotExist();
    assertThat(cli.path("data/large")).hasBinaryContent(large);
  }

  private List<Path> packs() throws IOException {
    try (var all = Files.walk(cli.path("vault/data"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  @DisplayName("with --to there is nothing to take anything from")
  void elsewhere() {
    Result result = cli.run("restore", "latest", "--to", "out", "--delta");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--delta");
  }
}
