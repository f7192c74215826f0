package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
  @TempDir Path directory;

  @Test
  void withoutAnyItSaysWhereItLookedAndShowsOne() {
    Result result = new Cli(directory).run("backup");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            error: there is no configuration; looked for %1$s/holdfast.yaml, %1$s/home/.config/holdfast/holdfast.yaml, /etc/holdfast/holdfast.yaml (and $HOLDFAST_CONFIG is not set)
              Write a file such as this to one of these places, or name one with --config:

                backup:
                  path: /var/backups/platform
                components:
                  app-db:
                    kind: sqlite
                    path: /srv/app/app.db
                  uploads:
                    kind: directory
                    path: /srv/app/uploads

              docs/configuration.md describes every key.
            """
                .formatted(directory));
  }

  @Test
  void theExampleThatItShowsIsAValidConfiguration() {
    String err = new Cli(directory).run("backup").err();
    String example =
        err.substring(err.indexOf("    backup:"), err.indexOf("  docs/")).stripTrailing();
    var cli = new Cli(directory).write("holdfast.yaml", example.stripIndent() + "\n");

    assertThat(cli.run("component", "list", "--json").json())
        .extracting("components")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(2);
  }

  @Test
  void theFirstPlaceWins() {
    var cli = new Cli(directory);
    assertThat(found(cli.write("home/.config/holdfast/holdfast.yaml", configuration("in-home"))))
        .isEqualTo("in-home");
    cli.write("xdg/holdfast/holdfast.yaml", configuration("in-xdg"))
        .set("XDG_CONFIG_HOME", directory.resolve("xdg").toString());
    assertThat(found(cli)).isEqualTo("in-xdg");
    assertThat(found(cli.write("holdfast.yaml", configuration("in-directory"))))
        .isEqualTo("in-directory");
    cli.write("named.yaml", configuration("in-variable")).set("HOLDFAST_CONFIG", "named.yaml");
    assertThat(found(cli)).isEqualTo("in-variable");
    cli.write("option.yaml", configuration("in-option"));
    assertThat(found(cli, "--config", "option.yaml")).isEqualTo("in-option");
    assertThat(found(cli, "--config", directory.resolve("option.yaml").toString()))
        .isEqualTo("in-option");
  }

  @Test
  void oneThatWasNamedIsNotReplacedByAnother() {
    Result result = Cli.withPlatform(directory).run("backup", "--config", "missing.yaml");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("the configuration cannot be read: ")
        .contains(directory.resolve("missing.yaml").toString());
  }

  @Test
  void aWrongOneIsToldWithItsPlaces() {
    var cli =
        new Cli(directory)
            .write("holdfast.yaml", "backup: {pth: b}\ncomponents:\n  a: {kind: directori}\n");

    Result text = cli.run("backup");
    Result json = cli.run("backup", "--json");

    assertThat(text.exit()).isEqualTo(2);
    assertThat(text.err())
        .contains(directory + "/holdfast.yaml:1:10: backup.pth: found an unknown key; allowed:")
        .contains("did you mean 'path'?")
        .contains(
            directory
                + "/holdfast.yaml:3:13: components.a.kind: found 'directori'; allowed: directory,"
                + " file")
        .contains("did you mean 'directory'?");
    assertThat(json.jsonError().get("problems"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(3);
  }

  @Test
  void relativePathsAreTakenFromTheConfigurationNotFromWhereOneIs() throws Exception {
    var cli =
        new Cli(Files.createDirectories(directory.resolve("elsewhere")))
            .write("../etc/holdfast.yaml", configuration("a"));

    Object component =
        ((List<?>)
                cli.run("component", "list", "--config", "../etc/holdfast.yaml", "--json")
                    .json()
                    .get("components"))
            .getFirst();

    assertThat(component)
        .extracting("source")
        .extracting("path")
        .isEqualTo(directory.resolve("etc/a").toString());
  }

  private static String configuration(String component) {
    return "backup: {path: b}\ncomponents: {%1$s: {kind: directory, path: %1$s}}\n"
        .formatted(component);
  }

  private static Object found(Cli cli, String... more) {
    String[] line =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("component", "list", "--json"),
                java.util.Arrays.stream(more))
            .toArray(String[]::new);
    Object first = ((List<?>) cli.run(line).json().get("components")).getFirst();
    return ((java.util.Map<?, ?>) first).get("name");
  }
}
