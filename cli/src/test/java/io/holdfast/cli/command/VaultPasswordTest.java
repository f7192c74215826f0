package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the password of a vault without a configuration comes from. */
class VaultPasswordTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void make() {
    cli = Cli.withPlatform(directory);
    cli.write("secret", "open sesame\n");
    cli.write(
        "holdfast.yaml",
        """
        backup: {repository: vault, path: vault, state: state, password_file: secret}
        components:
          tree: {kind: directory, path: data}
        """);
    assertThat(cli.run("backup").exit()).isZero();
  }

  private Result list() {
    return cli.run("backup", "list", "--repository", "vault");
  }

  @Test
  @DisplayName("a relative path in the environment begins where the program was started")
  void relativePath() {
    Result result =
        cli.set("HOLDFAST_PASSWORD_FILE", "secret").run("backup", "list", "--repository", "vault");

    assertThat(result.exit()).as(result.err()).isZero();
    cli.set("HOLDFAST_PASSWORD_FILE", "").set("HOLDFAST_PASSWORD", "open sesame");
    cli.set("HOLDFAST_TO_PASSWORD_FILE", "secret");
    Result copy =
        cli.run(
            "repository", "copy", "--repository", "vault", "--to", "other", "--to-kind", "vault");
    assertThat(copy.exit()).as(copy.err()).isZero();
  }

  @Test
  @DisplayName("at a terminal it is asked for, once, and not where nobody sits")
  void asked() {
    Result nobody = list();
    assertThat(nobody.exit()).isEqualTo(2);
    assertThat(nobody.err()).contains("HOLDFAST_PASSWORD_FILE");

    cli.atTerminal("").typesHidden("open sesame");
    Result result = cli.run("repository", "check", "--repository", "vault");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(cli.prompts()).containsExactly("Password of vault: ");
    assertThat(result.out() + result.err()).doesNotContain("open sesame");
  }

  @Test
  @DisplayName("one that is wrong, or none, is told as it would be from elsewhere")
  void wrongOrNone() {
    cli.atTerminal("").typesHidden("wrong");

    assertThat(list().err()).contains("opens no key");
    assertThat(list().err()).contains("HOLDFAST_PASSWORD is not set");
  }

  @Test
  @DisplayName("the password of a vault that a copy may be about to make is not asked for")
  void notOfANewVault() {
    cli.atTerminal("").typesHidden("open sesame", "mistyped");

    Result copy =
        cli.run(
            "repository", "copy", "--repository", "vault", "--to", "other", "--to-kind", "vault");

    assertThat(copy.exit()).isEqualTo(2);
    assertThat(cli.path("other")).doesNotExist();
  }

  @Test
  @DisplayName("what a vault cannot do as it was asked is said: it compresses by zstd")
  void compression() {
    Result result = cli.run("backup", "--compression", "gzip");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("zstd").doesNotContain("gzip");
    assertThat(result.err()).contains("does not compress by gzip: it was stored as zstd");
    assertThat(cli.run("backup", "--compression", "none").err()).doesNotContain("compress");
    assertThat(cli.run("backup", "show", "latest", "--json").out()).contains("\"none\"");
  }

  @Test
  @DisplayName("a backup that is not there is not there in the vault")
  void unknownBackup() {
    Result result = cli.run("backup", "delete", "20200101-000000-000077", "--confirm");

    assertThat(result.err()).contains(cli.path("vault").toString()).doesNotContain("state");
  }
}
