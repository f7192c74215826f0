package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed backups from the command line, with keys that openssl made. */
class SignatureCommandTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void keys() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
    cli = Cli.withPlatform(directory);
    openssl("genpkey", "-algorithm", "ed25519", "-out", "signing.pem");
    openssl("pkey", "-in", "signing.pem", "-pubout", "-out", "public.pem");
    cli.write(
        "holdfast.yaml",
        """
        backup:
          path: backups
          state: state
          compression: none
          signing_key_file: signing.pem
          retention: {max_count: 2}
        components:
          tree: {kind: directory, path: data}
        """);
  }

  private void openssl(String... arguments) throws IOException, InterruptedException {
    var command = new java.util.ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("openssl.log").toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(cli.read("openssl.log")).isZero();
  }

  private Result ok(String... arguments) {
    Result result = cli.run(arguments);
    assertThat(result.exit()).as(() -> result.out() + result.err()).isZero();
    return result;
  }

  private Result check(String... more) {
    return cli.run(
        Stream.concat(
                Stream.of(
                    "repository", "check", "--public-key", "public.pem", "--repository", "backups"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  @DisplayName("retention is no finding, a removal is, and so is an older number")
  void whole() throws Exception {
    for (int i = 0; i < 4; i++) {
      cli.write("data/a.txt", "version " + i);
      ok("backup", "--quiet");
    }
    Result clean = check("--signed-at-least", "4");
    assertThat(clean.exit()).as(clean.out()).isZero();
    assertThat(clean.out()).contains("signatures: 2 good, the newest has number 4");
    assertThat(check("--signed-at-least", "5").out()).contains("an older state was put back");
    assertThat(check("--signed-at-least", "5").exit()).isEqualTo(6);

    // openssl agrees.
    Path newest = completed().getLast();
    String text = Files.readString(newest.resolve("manifest.json.sig"));
    int at = text.indexOf("ed25519 ");
    Files.writeString(directory.resolve("body"), text.substring(0, at));
    Files.write(
        directory.resolve("signature"),
        java.util.Base64.getDecoder().decode(text.substring(at + 8).strip()));
    openssl(
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "public.pem",
        "-rawin",
        "-in",
        "body",
        "-sigfile",
        "signature");

    Files.move(completed().getFirst(), directory.resolve("stolen"));
    assertThat(check().out()).contains("is gone: the newest signature");
    assertThat(cli.run("repository", "check").out())
        .contains("is gone without Holdfast having removed it");
    ok("restore", "latest", "--to", "there");
  }

  private List<Path> completed() throws IOException {
    try (var all = Files.list(directory.resolve("backups/completed"))) {
      return all.sorted().toList();
    }
  }

  @Test
  @DisplayName("what is no key is said, and the key is quoted nowhere")
  void noKey() {
    ok("backup", "--quiet");
    cli.write("public.pem", "no key");
    assertThat(check().exit()).isEqualTo(2);
    assertThat(cli.run("repository", "check", "--signed-at-least", "3").exit()).isEqualTo(2);
    cli.write("signing.pem", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
    Result refused = cli.run("backup", "--verbose");
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.err()).contains("no Ed25519 private key").doesNotContain("c2VjcmV0");
  }
}
