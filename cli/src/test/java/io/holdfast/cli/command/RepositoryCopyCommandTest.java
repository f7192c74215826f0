package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code repository copy}. */
class RepositoryCopyCommandTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void twoBackups() {
    cli = Cli.withPlatform(directory);
    cli.write("one.password", "first\n").write("two.password", "second\n");
    ok("backup", "--quiet");
    cli.write("data/a.txt", "changed\n");
    ok("backup", "--quiet");
  }

  private Result ok(String... arguments) {
    Result result = cli.run(arguments);
    assertThat(result.exit()).as(() -> result.out() + result.err()).isZero();
    return result;
  }

  @Test
  @DisplayName("from plain files into a vault, from there into another, and back to plain files")
  void around() throws IOException {
    Result first =
        ok(
            "repository",
            "copy",
            "--to",
            "v1",
            "--to-kind",
            "vault",
            "--to-password-file",
            "one.password");
    assertThat(first.out()).contains(": copied, ").contains("2 backups copied, 0 there already");

    cli.set("HOLDFAST_PASSWORD_FILE", cli.path("one.password").toString());
    cli.set("HOLDFAST_TO_PASSWORD_FILE", cli.path("two.password").toString());
    ok("repository", "copy", "--repository", "v1", "--to", "v2", "--to-kind", "vault");
    cli.set("HOLDFAST_PASSWORD_FILE", cli.path("two.password").toString());
    ok("repository", "check", "--repository", "v2");
    ok("repository", "copy", "--repository", "v2", "--to", "plain");

    assertThat(names(cli.path("plain/completed"))).isEqualTo(names(cli.path("backups/completed")));
    for (String name : names(cli.path("backups/completed"))) {
      assertThat(cli.path("plain/completed/" + name + "/manifest.json"))
          .hasSameBinaryContentAs(cli.path("backups/completed/" + name + "/manifest.json"));
    }
    ok("restore", "latest", "--repository", "plain", "--to", "restored");
    assertThat(cli.read("restored/tree/a.txt")).isEqualTo("changed\n");
  }

  private static List<String> names(Path completed) throws IOException {
    try (var all = Files.list(completed)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @DisplayName("chosen backups, then the rest, told in JSON")
  void chosen() {
    ok("repository", "copy", "--to", "other", "--backup", "latest");

    Map<String, Object> document = ok("repository", "copy", "--to", "other", "--json").json();

    assertThat(document)
        .containsEntry("schema", "holdfast.repository.copy/1")
        .containsEntry("ok", true)
        .containsEntry("target", cli.path("other").toString());
    assertThat(document.get("backups"))
        .asInstanceOf(LIST)
        .extracting(backup -> String.valueOf(((Map<?, ?>) backup).get("result")))
        .containsExactly("copied", "present");
  }

  @Test
  @DisplayName("into the repository of another configuration")
  void configured() {
    cli.write(
        "other.yaml",
        """
        backup:
          repository: vault
          path: vault
          state: vault-state
          password_file: two.password
        components:
          tree: {kind: directory, path: data}
        """);

    ok("repository", "copy", "--to-config", "other.yaml");

    assertThat(ok("backup", "list", "--config", "other.yaml", "--json").json().get("backups"))
        .asInstanceOf(LIST)
        .hasSize(2);
  }

  @Test
  @DisplayName("a damaged backup is told of and not copied; the others are")
  void damaged() throws IOException {
    String name = names(cli.path("backups/completed")).getFirst();
    cli.write("backups/completed/" + name + "/tree/files/a.txt", "FIRST\n");

    Result result = cli.run("repository", "copy", "--to", "other");

    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.out()).contains("not copied").contains("1 backup copied");
    assertThat(result.err()).contains("1 backup was not copied to");
    assertThat(names(cli.path("other/completed"))).hasSize(1);
    assertThat(names(cli.path("other/failed"))).isEmpty();
  }

  @Test
  @DisplayName("what makes no sense is refused before anything is made")
  void refused() {
    assertThat(cli.run("repository", "copy").exit()).isEqualTo(2);
    assertThat(cli.run("repository", "copy", "--to", "x", "--to-config", "y").exit()).isEqualTo(2);
    assertThat(cli.run("repository", "copy", "--to-config", "y", "--to-kind", "vault").exit())
        .isEqualTo(2);
    assertThat(cli.run("repository", "copy", "--to", "x", "--to-kind", "heap").err())
        .contains("directory, vault");
    assertThat(cli.run("repository", "copy", "--to", "x", "--to-kind", "vault").err())
        .contains("--to-password-file");
    assertThat(cli.run("repository", "copy", "--to", "x", "--server", "http://h").exit())
        .isEqualTo(2);
    assertThat(cli.path("x")).doesNotExist();
  }
}
