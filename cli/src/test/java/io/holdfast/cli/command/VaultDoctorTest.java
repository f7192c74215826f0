package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says of a vault, before there is one too. */
class VaultDoctorTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void configure() throws IOException {
    cli = Cli.withPlatform(directory);
    cli.write("secret", "open sesame\n");
    mode("secret", "rw-------");
    configure("password_file: secret");
  }

  private void configure(String more) {
    cli.write(
        "holdfast.yaml",
        """
        backup: {repository: vault, path: vault, state: state, %s}
        components:
          tree: {kind: directory, path: data}
        """
            .formatted(more));
  }

  private void mode(String file, String mode) throws IOException {
    Files.setPosixFilePermissions(cli.path(file), PosixFilePermissions.fromString(mode));
  }

  @Test
  @DisplayName("a vault that is still to be made is a hint, and no alarm")
  void stillToBeMade() throws IOException {
    for (int i = 0; i < 2; i++) {
      Result result = cli.run("doctor");

      assertThat(result.exit()).as(result.out()).isZero();
      assertThat(result.out())
          .contains("does not exist yet", "'holdfast repository init' makes it")
          .doesNotContain("warning", "error")
          .endsWith("Nothing stands in the way.\n");
      // The second time it is an empty directory.
      Files.createDirectories(cli.path("vault"));
    }
  }

  @Test
  @DisplayName("a vault that is gone after backups were made is an error")
  void gone() throws IOException {
    assertThat(cli.run("backup").exit()).isZero();
    Files.move(cli.path("vault"), cli.path("elsewhere"));

    assertThat(cli.run("doctor").out())
        .containsPattern("error    repository: .*does not exist, though it was used before");
  }

  @Test
  @DisplayName("secrets that cannot be had are told where there is no vault yet")
  void missingSecrets() throws IOException {
    configure("password_file: nowhere, signing_key_file: nokey");

    Result result = cli.run("doctor");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .containsPattern("error    repository: password of the vault: .*nowhere")
        .containsPattern("error    repository: signing key: .*nokey");
    configure("password_command: [/no/such/program]");
    assertThat(cli.run("doctor").out())
        .containsPattern("error    repository: password of the vault: .*/no/such/program");
  }

  @Test
  @DisplayName("a secret that others have rights to is warned of, and used")
  void openSecrets() throws IOException {
    assertThat(cli.run("backup").exit()).isZero();
    assertThat(cli.run("doctor").out()).contains("its secret can be had").doesNotContain("warning");
    mode("secret", "rw-r-----");

    Result result = cli.run("doctor");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .containsPattern("warning  repository: password of the vault: .*secret \\(mode 0640\\)")
        .contains("chmod 0600 " + cli.path("secret"))
        .doesNotContain("open sesame");
    assertThat(cli.run("backup").exit()).isZero();
  }

  @Test
  @DisplayName("so are the credentials of the storage")
  void credentialsOfTheStorage() {
    cli.write("token", "letmein\n");
    cli.write(
        "holdfast.yaml",
        """
        backup:
          repository: vault
          url: rest:http://localhost:1/vault/
          state: state
          password_file: secret
          storage: {token_file: token}
        components:
          tree: {kind: directory, path: data}
        """);

    String out = cli.run("doctor").out();

    assertThat(out)
        .containsPattern("warning  repository: credentials of the storage: .*token \\(mode 0644\\)")
        .contains("ok       repository: credentials of the storage: its secret can be had")
        .doesNotContain("letmein");
    cli.write(
        "holdfast.yaml", cli.read("holdfast.yaml").replace("token_file: token", "token_file: no"));
    assertThat(cli.run("doctor").out())
        .containsPattern("error    repository: credentials of the storage: .*/no")
        .doesNotContain("localhost:1: it failed");
  }
}
