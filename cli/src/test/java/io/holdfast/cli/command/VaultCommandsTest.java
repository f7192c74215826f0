package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look after a vault, as their users see them. */
class VaultCommandsTest {
  @TempDir Path directory;

  private Cli cli;

  @BeforeEach
  void vault() {
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
          retention: {max_count: 1}
        components:
          tree: {kind: directory, path: data}
        """);
  }

  private Result ok(String... args) {
    Result result = cli.run(args);
    assertThat(result.exit()).as(String.join(" ", args) + ": " + result.err()).isZero();
    return result;
  }

  private void noise(String name, int seed) throws IOException {
    byte[] bytes = new byte[400_000];
    new Random(seed).nextBytes(bytes);
    Files.write(cli.path("data/" + name), bytes);
  }

  @Test
  void initTellsThatThePasswordIsNeeded() {
    assertThat(ok("repository", "init").out()).contains("vault is ready", "needs its password");
    assertThat(Files.exists(cli.path("vault/config"))).isTrue();
    assertThat(ok("repository", "init", "--json").json())
        .containsEntry("kind", "vault")
        .containsEntry("encrypted", true);
  }

  @Test
  void pruneFreesWhatRetentionRemoved() throws IOException {
    noise("one", 1);
    ok("backup");
    Files.delete(cli.path("data/one"));
    noise("two", 2);
    ok("backup");
    Map<String, Object> before = ok("repository", "stats", "--json").json();
    assertThat((Number) before.get("backups")).extracting(Number::intValue).isEqualTo(1);
    assertThat(((Number) before.get("unused_bytes")).longValue()).isGreaterThan(400_000);

    assertThat(ok("repository", "prune", "--dry-run").out()).contains("would be freed");
    Map<String, Object> pruned = ok("repository", "prune", "--json").json();

    assertThat(((Number) pruned.get("freed_bytes")).longValue()).isGreaterThan(400_000);
    assertThat(ok("repository", "prune").out()).contains("nothing to prune");
    assertThat(ok("repository", "stats").out()).contains("backups: 1", "unused: 0 B");
    assertThat(ok("repository", "check").out()).contains("1 backup, no problem found");
    ok("restore", "latest", "--to", cli.path("out").toString());
    assertThat(Files.readAllBytes(cli.path("out/tree/two"))).hasSize(400_000);
  }

  @Test
  void checksOfPartsReadAllInTheEnd() throws IOException {
    for (int i = 0; i < 4; i++) {
      noise("file" + i, i);
      ok("backup");
    }
    assertThat(unreadAfterCheck()).isPositive();
    unreadAfterCheck();
    assertThat(unreadAfterCheck()).isZero();
    assertThat(ok("repository", "check", "--read-data-subset", "10%").out())
        .contains("all of it was read by this check or an earlier one");
  }

  private long unreadAfterCheck() {
    Map<String, Object> part =
        ok("repository", "check", "--read-data-subset", "1/3", "--json").json();
    return ((Number) part.get("bytes_unread")).longValue();
  }

  @Test
  void aDamagedPackIsFoundByAPart() throws IOException {
    noise("one", 1);
    ok("backup");
    try (var packs = Files.walk(cli.path("vault/data"))) {
      Path large = packs.filter(file -> file.toFile().length() > 300_000).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(large);
      bytes[1000] ^= 1;
      assertThat(large.toFile().setWritable(true)).isTrue();
      Files.write(large, bytes);
    }

    Result result = cli.run("repository", "check", "--read-data-subset", "100%");

    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.out()).contains("another SHA-256");
    assertThat(cli.run("repository", "check").exit()).isEqualTo(6);
  }

  @Test
  @SuppressWarnings("unchecked")
  void passwordsComeAndGo() {
    ok("repository", "init");
    cli.write("second", "another one\n");
    cli.write("third", "yet another\n");

    ok("repository", "key", "add", "--new-password-file", "second");
    List<Map<String, Object>> keys =
        (List<Map<String, Object>>) ok("repository", "key", "list", "--json").json().get("keys");
    assertThat(keys).hasSize(2);
    String current =
        keys.stream()
            .filter(key -> key.get("current").equals(true))
            .findFirst()
            .orElseThrow()
            .get("id")
            .toString();
    Result refused = cli.run("repository", "key", "remove", current.substring(0, 10));
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("is the one in use");

    // The other one opens it, and from there this one can go.
    Result other =
        cli.set("HOLDFAST_PASSWORD_FILE", cli.path("second").toString())
            .run("repository", "key", "remove", current, "--repository", "vault");
    assertThat(other.exit()).as(other.err()).isZero();
    assertThat(cli.run("repository", "stats").err()).contains("the password opens no key");

    cli.set("NEXT", "yet another");
    Result changed =
        cli.run(
            "repository", "key", "passwd", "--new-password-env", "NEXT", "--repository", "vault");
    assertThat(changed.exit()).as(changed.err()).isZero();
    cli.set("HOLDFAST_PASSWORD_FILE", cli.path("third").toString());
    assertThat(cli.run("repository", "key", "list", "--repository", "vault").out()).contains("*");
    assertThat(cli.run("repository", "key", "list", "--repository", "vault", "--json").out())
        .doesNotContain("yet another");
    Result last = cli.run("repository", "key", "remove", "a", "--repository", "vault");
    assertThat(last.exit()).isEqualTo(2);
  }

  @Test
  void unlockRemovesNothingWhereNobodyDied() {
    ok("repository", "init");
    assertThat(ok("repository", "unlock").out()).contains("no lock to remove");
    assertThat(ok("repository", "unlock", "--remove-all").err()).contains("warning");
  }

  @Test
  void aRepositoryOfPlainFilesKnowsThemToo() {
    cli = Cli.withPlatform(directory);
    ok("repository", "init");
    ok("backup");
    assertThat(ok("repository", "prune").out()).contains("nothing to prune");
    assertThat(ok("repository", "stats").out()).contains("(directory)", "backups: 1", "3 files");
    assertThat(ok("repository", "unlock").out()).contains("no lock to remove");
  }
}
