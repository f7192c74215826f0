package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A repository that is merely named may be anybody's. */
class NamedRepositoryTest {
  @TempDir Path directory;

  private Cli cli;

  private void make(String kind, String state) {
    cli = Cli.withPlatform(directory);
    cli.write("secret", "open sesame\n");
    cli.write(
        "holdfast.yaml",
        """
        backup: {path: repo, repository: %s%s%s}
        components:
          tree: {kind: directory, path: data}
        """
            .formatted(
                kind,
                kind.equals("vault") ? ", password_file: secret" : "",
                state.isEmpty() ? "" : ", state: " + state));
    ok("backup");
    cli.set("HOLDFAST_PASSWORD_FILE", cli.path("secret").toString());
  }

  private Result ok(String... arguments) {
    Result result = cli.run(arguments);
    assertThat(result.exit()).as(String.join(" ", arguments) + ": " + result.err()).isZero();
    return result;
  }

  /** Every name below the repository, with what it holds. */
  private Map<String, String> everything() throws IOException {
    var all = new TreeMap<String, String>();
    try (var paths = Files.walk(cli.path("repo"))) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        all.put(
            path.toString(),
            Files.isDirectory(path)
                ? "directory"
                : Base64.getEncoder().encodeToString(Files.readAllBytes(path)));
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"vault,state", "vault,''", "directory,state", "directory,''"})
  @DisplayName("whatever only reads it writes nothing into it, state directory or not")
  void nothingIsWritten(String kind, String state) throws IOException {
    make(kind, state);
    Map<String, String> before = everything();

    ok("backup", "list", "--repository", "repo");
    ok("backup", "show", "latest", "--repository", "repo");
    ok("backup", "validate", "--repository", "repo");
    ok("repository", "check", "--structure-only", "--repository", "repo");
    ok("repository", "check", "--repository", "repo");
    ok("restore", "latest", "--to", cli.path("out").toString(), "--repository", "repo");
    ok("repository", "copy", "--to", "other", "--repository", "repo");
    if (kind.equals("vault")) {
      ok("repository", "check", "--read-data-subset", "1/2", "--repository", "repo");
      ok("repository", "stats", "--repository", "repo");
      ok("repository", "key", "list", "--repository", "repo");
      ok("repository", "prune", "--dry-run", "--repository", "repo");
    }

    assertThat(everything()).isEqualTo(before);
    assertThat(cli.path("home")).doesNotExist();
    assertThat(cli.read("out/tree/a.txt")).isEqualTo("first\n");
  }

  @Test
  @DisplayName("a check of a part says that it is not remembered where nothing may be written")
  void aPartIsNotRemembered() {
    make("vault", "state");

    Result named = ok("repository", "check", "--read-data-subset", "1/2", "--repository", "repo");
    Result json =
        ok("repository", "check", "--read-data-subset", "1/2", "--repository", "repo", "--json");
    Result configured = ok("repository", "check", "--read-data-subset", "1/2");

    assertThat(named.err()).contains("not remembered", "reads the same");
    assertThat(json.json()).containsEntry("remembered", false);
    assertThat(configured.err()).isEmpty();
    assertThat(Files.exists(cli.path("state/vault-coverage"))).isTrue();
  }

  @Test
  @DisplayName("what a check of a part would write is no part of a check of all")
  void aCheckOfAllNeedsNoMemory() {
    make("vault", "state");

    assertThat(ok("repository", "check", "--repository", "repo").err()).isEmpty();
  }
}
