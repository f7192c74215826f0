package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a vault lies, as commands are told it; and whether a storage is fit for one. */
class StorageCommandsTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void configure() {
    cli =
        new Cli(directory)
            .write("password", "open sesame\n")
            .write("data/a.txt", "a")
            .write(
                "holdfast.yaml",
                """
                backup: {repository: vault, path: vault, password_file: password, state: state}
                components:
                  tree: {kind: directory, path: data}
                """);
  }

  @Test
  @DisplayName("the storage of a vault is tried, and nothing of it changes")
  void triesTheStorage() throws IOException {
    assertThat(cli.run("backup").exit()).isZero();
    List<Path> before = files();

    Result result = cli.run("doctor", "repository");

    assertThat(result.exit()).as(result.out()).isZero();
    assertThat(result.out())
        .contains("ok       storage: read after write: ")
        .contains("ok       storage: names are given once, to several at once: ")
        .endsWith("The storage keeps what a vault needs.\n");
    assertThat(files()).isEqualTo(before);
    assertThat(cli.run("doctor", "repository", "--json").json())
        .containsEntry("schema", "holdfast.doctor/1")
        .containsEntry("ok", true);
    assertThat(cli.run("repository", "check").exit()).isZero();
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(cli.path("vault"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  @DisplayName("where no vault is, it says so")
  void noVault() {
    Result result = cli.run("doctor", "repository");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("ok       storage: vault: none is there yet", "or else the first backup");
    assertThat(cli.run("backup", "list").err()).contains("there is no vault at");
  }

  @Test
  @DisplayName("a repository of plain files asks for nothing to be tried")
  void plainFiles() {
    Result result = Cli.withPlatform(directory.resolve("other")).run("doctor", "repository");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("of kind directory asks for nothing to be tried");
  }

  @Test
  @DisplayName("no server can be asked to try the storage from here")
  void notAtAServer() {
    assertThat(cli.run("doctor", "repository", "--server", "http://localhost:1").exit())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rest:http://user:pa55word@localhost/x",
        "s3:https://user:pa55word@host/bucket",
        "s3:https://host/bucket?pa55word",
        "rest:nothing-pa55word"
      })
  @DisplayName("an address with a password, or that is none, is refused without a word of it")
  void wrongAddress(String address) {
    cli.set("HOLDFAST_PASSWORD", "x");
    Result result = cli.run("backup", "list", "--repository", address);

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("url: found an address that cannot be used")
        .doesNotContain("pa55word");
  }

  @Test
  @DisplayName("a colon in a path makes no address of it")
  void pathWithColon() {
    assertThat(cli.run("backup").exit()).isZero();
    cli.set("HOLDFAST_PASSWORD_FILE", cli.path("password").toString());
    assertThat(cli.run("backup", "list", "--repository", "./s3:nothing").err())
        .contains("s3:nothing");
    assertThat(cli.run("backup", "list", "--repository", "vault").exit()).isZero();
  }

  @Test
  @DisplayName("what lies elsewhere needs a place on this machine for its state")
  void stateElsewhere() {
    cli.write(
        "holdfast.yaml",
        """
        backup: {repository: vault, url: 'rest:http://localhost:1/x', password_file: password}
        components:
          tree: {kind: directory, path: data}
        """);

    assertThat(cli.run("backup").err())
        .contains("backup.state: found nothing; allowed: a directory on this machine");
  }
}
