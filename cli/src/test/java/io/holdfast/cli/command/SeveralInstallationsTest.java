package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Installations that have components of the same names, and one repository. */
@Tag("P3")
class SeveralInstallationsTest {
  @TempDir Path directory;

  private Cli cli = new Cli(Path.of("/"));

  private void begin(String kind) {
    cli = new Cli(directory).write("secret", "open sesame\n");
    cli.set("HOLDFAST_PASSWORD_FILE", directory.resolve("secret").toString());
    for (String name : List.of("ada", "bob", "none")) {
      cli.write(name + "-data/whose", name + "\n");
      cli.write(
          name + ".yaml",
          """
          backup:
            %s
            repository: %s
            path: shared
            state: state-%s
            %s
            retention: {max_count: 2, max_age_days: 0}
          components:
            db: {kind: directory, path: %s-data}
          """
              .formatted(
                  name.equals("none") ? "" : "installation: " + name,
                  kind,
                  name,
                  kind.equals("vault") ? "password_file: secret" : "",
                  name));
    }
  }

  private Result ok(String... args) {
    Result result = cli.run(args);
    assertThat(result.exit()).as(String.join(" ", args) + ": " + result.err()).isZero();
    return result;
  }

  @SuppressWarnings("unchecked")
  private String backUp(String name) {
    Map<String, Object> created = ok("backup", "--config", name + ".yaml", "--json").json();
    return String.valueOf(((Map<String, Object>) created.get("backup")).get("run_id"));
  }

  @SuppressWarnings("unchecked")
  private List<String> runs(String... args) {
    var command = new ArrayList<>(List.of("backup", "list", "--json"));
    command.addAll(List.of(args));
    var backups =
        (List<Map<String, Object>>) ok(command.toArray(String[]::new)).json().get("backups");
    return backups.stream()
        .map(backup ->
            backup.get("run_id")
                + " "
                + Objects.requireNonNullElse(backup.get("installation"), "-"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "vault"})
  @DisplayName("P3: retention counts and removes backups of its own installation alone")
  void retention(String kind) {
    begin(kind);
    String none = backUp("none");
    String oldBob = backUp("bob");
    String ada = backUp("ada");
    String bob = backUp("bob");
    String newBob = backUp("bob");
    backUp("ada");
    backUp("ada");
    String newAda = backUp("ada");

    List<String> listed = runs("--config", "none.yaml");
    assertThat(listed).hasSize(5).contains(none + " -", bob + " bob", newBob + " bob");
    assertThat(listed).contains(newAda + " ada").doesNotContain(oldBob + " bob", ada + " ada");
    backUp("none");
    backUp("none");
    assertThat(runs("--config", "ada.yaml"))
        .hasSize(6)
        .doesNotContain(none + " -")
        .contains(bob + " bob", newBob + " bob", newAda + " ada");
    assertThat(runs("--config", "ada.yaml", "--installation", "bob"))
        .containsExactly(newBob + " bob", bob + " bob");
    assertThat(runs("--config", "ada.yaml", "--installation", "bob", "--limit", "1"))
        .containsExactly(newBob + " bob");
    assertThat(ok("backup", "list", "--config", "bob.yaml").out()).contains("INSTALLATION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "vault"})
  @DisplayName("'latest' is the newest of the installation; others are restored by their ids")
  void latest(String kind) {
    begin(kind);
    String none = backUp("none");
    Result nothing = cli.run("restore", "latest", "--config", "bob.yaml", "--to", "never");
    assertThat(nothing.exit()).isEqualTo(4);
    assertThat(nothing.err()).contains("no completed backup", "of the installation bob");
    backUp("bob");
    String ada = backUp("ada");

    for (String name : List.of("none", "bob", "ada")) {
      ok("restore", "latest", "--config", name + ".yaml", "--to", "out-" + name);
      assertThat(cli.read("out-" + name + "/db/whose")).isEqualTo(name + "\n");
      ok(
          "restore",
          "latest",
          "--component",
          "db",
          "--config",
          name + ".yaml",
          "--to",
          "part-" + name);
      assertThat(cli.read("part-" + name + "/db/whose")).isEqualTo(name + "\n");
    }
    ok("restore", ada, "--config", "bob.yaml", "--to", "of-ada");
    assertThat(cli.read("of-ada/db/whose")).isEqualTo("ada\n");
    assertThat(none).isNotEqualTo(ada);
  }

  @Test
  @DisplayName("a damaged backup that carries no name is in the way of those without one alone")
  void damaged() throws IOException {
    begin("vault");
    backUp("ada");
    Set<Path> before = packs();
    backUp("none");
    for (Path pack : packs()) {
      if (!before.contains(pack)) {
        Files.delete(pack);
      }
    }

    ok("restore", "latest", "--config", "ada.yaml", "--to", "out");

    assertThat(cli.read("out/db/whose")).isEqualTo("ada\n");
    Result own = cli.run("restore", "latest", "--config", "none.yaml", "--to", "never");
    assertThat(own.exit()).isEqualTo(6);
    assertThat(own.err()).contains("'latest' would pass over backup");
  }

  private Set<Path> packs() throws IOException {
    try (var all = Files.walk(directory.resolve("shared/data"))) {
      return all.filter(Files::isRegularFile).collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "vault"})
  @DisplayName("P11: a repository alone has a latest backup where there is no doubt whose it is")
  void alone(String kind) {
    begin(kind);
    backUp("bob");
    ok("restore", "latest", "--repository", "shared", "--to", "first");
    assertThat(cli.read("first/db/whose")).isEqualTo("bob\n");
    backUp("ada");

    Result doubt = cli.run("restore", "latest", "--repository", "shared", "--to", "never");

    assertThat(doubt.exit()).isEqualTo(2);
    assertThat(doubt.err()).contains("'latest' of which installation", "ada, bob");
    ok("restore", "latest", "--repository", "shared", "--installation", "bob", "--to", "second");
    assertThat(cli.read("second/db/whose")).isEqualTo("bob\n");
    assertThat(cli.run("restore", "latest", "--installation", "bob", "--to", "x").exit())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", ".hidden", "a b", "a/b", "\u00e4"})
  @DisplayName("a name that is none is told of")
  void names(String name) {
    cli = new Cli(directory);
    cli.write(
        "holdfast.yaml",
        """
        backup: {path: p, installation: "%s"}
        components:
          db: {kind: directory, path: data}
        """
            .formatted(name));

    Result result = cli.run("backup");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("backup.installation: found", "letters");
  }
}
