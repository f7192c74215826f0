package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those who come from elsewhere get wrong with vaults. */
class VaultMistakesTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void make() {
    cli = new Cli(directory);
    cli.write(
            "holdfast.yaml",
            """
            backup: {repository: vault, path: vault, password_file: password}
            components:
              tree: {kind: directory, path: data}
            """)
        .write("password", "right")
        .write("data/file", "content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sftp:u@h:/x",
        "b2:bucket:x",
        "rclone:x:y",
        "local:/x",
        "file:///x",
        "REST:http://h/"
      })
  @DisplayName(
      "an address of a sort that is not known is refused, and no directory of that name made")
  void unknownAddress(String address) throws IOException {
    assertThat(cli.run("backup", "--quiet").exit()).isZero();

    Result copy = cli.run("repository", "copy", "--to", address);
    Result list = cli.run("backup", "list", "--repository", address);

    assertThat(copy.exit()).isEqualTo(2);
    assertThat(copy.err()).contains("is no sort of storage that is known", "./NAME");
    assertThat(list.exit()).isEqualTo(2);
    cli.write(
        "other.yaml",
        """
        backup: {repository: vault, path: '%s', password_file: password}
        components:
          tree: {kind: directory, path: data}
        """
            .formatted(address));
    Result configured = cli.run("backup", "--config", "other.yaml");
    assertThat(configured.exit()).isEqualTo(2);
    assertThat(configured.err()).contains("'url'");
    try (var there = Files.list(directory)) {
      assertThat(there.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.contains(":"));
    }
  }

  @Test
  @DisplayName("a wrong password is a mistake, and nothing to try again")
  void wrongPassword() {
    assertThat(cli.run("backup", "--quiet").exit()).isZero();
    cli.write("password", "wrong");

    Result result = cli.run("--json", "backup", "list");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.jsonError().toString()).contains("retryable=false", "opens no key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--password geheim backup list",
        "backup list --password=geheim",
        "repository key add geheim",
        "repository key passwd -p geheim"
      })
  @DisplayName("a password on the command line is refused, and not repeated")
  void passwordOnCommandLine(String command) {
    Result result = cli.run(command.split(" "));

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out() + result.err())
        .contains("a password does not belong on the command line")
        .doesNotContain("geheim");
  }

  @Test
  @DisplayName("the first key says on which machine it was made, and when")
  void firstKey() {
    assertThat(cli.run("repository", "init").exit()).isZero();

    assertThat(cli.run("repository", "key", "list").out())
        .containsPattern("holdfast +\\S+ +20[0-9]{2}-");
  }
}
