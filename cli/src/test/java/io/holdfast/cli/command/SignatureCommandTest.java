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
  @DisplayName("an unsigned backup is told once, a forgotten one with what takes it for right")
  void guidance() throws Exception {
    ok("backup", "--quiet");
    ok("backup", "--quiet");
    assertThat(check("--json").out())
        .contains("\"signatures\":{\"good\":2,\"newest\":2,\"older\":0}");

    Path gone = completed().getFirst();
    Files.move(gone, directory.resolve("forgotten"));
    String run = gone.getFileName().toString().replace("_manual", "");
    for (Result told : List.of(check(), cli.run("repository", "check"))) {
      assertThat(told.exit()).isEqualTo(6);
      assertThat(told.err()).contains("holdfast repository acknowledge " + run);
    }
    ok("repository", "acknowledge", run);

    String signed = cli.read("holdfast.yaml");
    cli.write("holdfast.yaml", signed.replace("  signing_key_file: signing.pem\n", ""));
    ok("backup", "--quiet");
    cli.write("holdfast.yaml", signed);
    Result unsigned = cli.run("repository", "check", "--public-key", "public.pem");
    assertThat(unsigned.exit()).isEqualTo(6);
    assertThat(unsigned.out().lines().filter(line -> line.contains("not signed"))).hasSize(1);
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

  @Test
  @DisplayName("on the machine that signs, check and restore go by its own key")
  void own() throws Exception {
    ok("backup", "--quiet");
    ok("backup", "--quiet");
    ok("repository", "check");
    Path newest = completed().getLast();
    rewrite(newest, "\"host\": \"", "\"host\": \"x");

    Result check = cli.run("repository", "check");

    assertThat(check.exit()).isEqualTo(6);
    assertThat(check.out()).contains("has a manifest that was changed after it was signed");
    Result restore = cli.run("restore", "latest", "--to", "there");
    assertThat(restore.exit()).isEqualTo(6);
    assertThat(restore.err()).contains("has a manifest that was changed after it was signed");
    assertThat(Files.exists(directory.resolve("there"))).isFalse();
    assertThat(cli.run("restore", "latest", "--confirm").exit()).isEqualTo(6);

    // Nor does it help to take the signature away.
    Files.delete(newest.resolve("manifest.json.sig"));
    assertThat(cli.run("restore", "latest", "--to", "there").err()).contains("is not signed");
    assertThat(cli.run("repository", "check").out()).contains("is not signed");
    ok("restore", "latest", "--repository", "backups", "--to", "looked-at");
    ok("restore", completed().getFirst().getFileName().toString().substring(0, 22), "--to", "old");

    // When all but the repository is lost, so is the key.
    Files.delete(directory.resolve("signing.pem"));
    ok("restore", "latest", "--to", "without-the-key");
  }

  /** As somebody would who knows the format. */
  private static void rewrite(Path backup, String from, String to) throws Exception {
    Path manifest = backup.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace(from, to));
    String digest =
        java.util.HexFormat.of()
            .formatHex(
                java.security.MessageDigest.getInstance("SHA-256")
                    .digest(Files.readAllBytes(manifest)));
    Files.writeString(backup.resolve("manifest.json.sha256"), digest + "  manifest.json\n");
  }

  @Test
  @DisplayName("what was made without the key, as if it were of this installation, is not restored")
  void forged() throws Exception {
    ok("backup", "--quiet");
    String signed = cli.read("holdfast.yaml");
    cli.write("holdfast.yaml", signed.replace("  signing_key_file: signing.pem\n", ""));
    ok("backup", "--quiet");
    cli.write("holdfast.yaml", signed);

    assertThat(cli.run("restore", "latest", "--to", "there").err()).contains("is not signed");
    assertThat(cli.run("backup", "validate", "--all").exit()).isEqualTo(6);
  }

  @Test
  @DisplayName(
      "a removal by others alarms until the owner of the key acknowledges it, and signs that")
  void acknowledged() throws Exception {
    ok("backup", "--quiet");
    ok("backup", "--quiet");
    String gone = completed().getFirst().getFileName().toString().substring(0, 22);
    String there = completed().getLast().getFileName().toString().substring(0, 22);
    Files.move(completed().getFirst(), directory.resolve("forgotten"));
    for (int i = 0; i < 2; i++) {
      assertThat(cli.run("repository", "check").out())
          .contains(gone)
          .contains("is gone without Holdfast having removed it");
      ok("backup", "--quiet");
    }
    assertThat(check().out()).contains("is gone: the newest signature");

    Result wrong = cli.run("repository", "acknowledge", there);
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains(there, gone);
    Files.move(directory.resolve("signing.pem"), directory.resolve("away.pem"));
    openssl("genpkey", "-algorithm", "ed25519", "-out", "signing.pem");
    assertThat(cli.run("repository", "acknowledge", gone).err()).contains("another key");
    Files.delete(directory.resolve("signing.pem"));
    assertThat(cli.run("repository", "acknowledge", gone).exit()).isNotZero();
    Files.move(directory.resolve("away.pem"), directory.resolve("signing.pem"));

    assertThat(ok("repository", "acknowledge", gone).out()).contains("1 removal acknowledged");

    ok("repository", "check");
    // Others have to wait for the word of the key.
    assertThat(check().out()).contains("is gone: the newest signature");
    ok("backup", "--quiet");
    assertThat(check().exit()).isZero();
    assertThat(cli.run("repository", "acknowledge", "x").exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("several installations sign with keys of their own, and each is checked by its own")
  void several() throws Exception {
    openssl("genpkey", "-algorithm", "ed25519", "-out", "other.pem");
    String own = cli.read("holdfast.yaml");
    cli.write("holdfast.yaml", own.replace("backup:\n", "backup:\n  installation: ada\n"));
    for (String other : List.of("signing_key_file: other.pem", "timeout: 1h")) {
      cli.write(
          other.substring(0, 4) + ".yaml",
          own.replace("backup:\n", "backup:\n  installation: " + other.substring(0, 4) + "\n")
              .replace("signing_key_file: signing.pem", other)
              .replace("state: state", "state: state-" + other.substring(0, 4)));
    }
    for (int i = 0; i < 2; i++) {
      ok("backup", "--quiet");
      ok("backup", "--quiet", "--config", "sign.yaml");
      ok("backup", "--quiet", "--config", "time.yaml");
    }

    Result clean = check();

    assertThat(clean.exit()).as(clean.out()).isZero();
    assertThat(clean.out()).contains("signatures: 2 good, the newest has number 2");
    ok("repository", "check");
    ok("repository", "check", "--config", "sign.yaml");
    Path ofAda =
        completed().stream()
            .filter(path -> manifest(path).contains("\"installation\": \"ada\""))
            .findFirst()
            .orElseThrow();
    // One's own as somebody else's is not there any more.
    rewrite(ofAda, "\"installation\": \"ada\"", "\"installation\": \"eve\"");
    assertThat(check().out()).contains("has a manifest that was changed after it was signed");
    Files.delete(ofAda.resolve("manifest.json.sig"));
    assertThat(check().out()).contains("is gone: the newest signature");
    ok("repository", "check", "--config", "sign.yaml");
  }

  private static String manifest(Path backup) {
    try {
      return Files.readString(backup.resolve("manifest.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
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
