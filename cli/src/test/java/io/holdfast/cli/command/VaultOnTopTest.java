package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No vault is made on top of something that it would hide, or make unreadable. */
class VaultOnTopTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void configure() {
    cli = Cli.withPlatform(directory);
    cli.write("secret", "open sesame\n");
    configure("repository: vault, ");
  }

  private void configure(String kind) {
    cli.write(
        "holdfast.yaml",
        """
        backup: {%s path: place, state: state, password_file: secret}
        components:
          tree: {kind: directory, path: data}
        """
            .formatted(kind));
  }

  private List<String> files(String below) throws IOException {
    try (Stream<Path> all = Files.walk(cli.path(below))) {
      return all.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
  }

  @Test
  @DisplayName("a vault that lost its config gets no other one, and is read again with its own")
  void lostConfig() throws IOException {
    assertThat(cli.run("backup").exit()).isZero();
    Files.move(cli.path("place/config"), cli.path("config"));
    List<String> before = files("place");

    for (String command : List.of("backup", "repository init")) {
      Result result = cli.run(command.split(" "));

      assertThat(result.exit()).as(result.toString()).isEqualTo(10);
      assertThat(result.err()).contains("has lost its file 'config'", "Put 'config' back");
      assertThat(files("place")).isEqualTo(before);
    }
    Files.move(cli.path("config"), cli.path("place/config"));
    assertThat(cli.run("repository", "check").exit()).isZero();
  }

  @Test
  @DisplayName("a repository of kind directory stays what it is")
  void plain() throws IOException {
    cli.write(
        "holdfast.yaml",
        """
        backup: {path: place, state: state}
        components:
          tree: {kind: directory, path: data}
        """);
    assertThat(cli.run("backup").exit()).isZero();
    List<String> before = files("place");
    configure("repository: vault, ");

    for (String command : List.of("backup", "repository init")) {
      Result result = cli.run(command.split(" "));

      assertThat(result.exit()).as(result.toString()).isEqualTo(10);
      assertThat(result.err()).contains("is a repository of kind directory");
      assertThat(files("place")).isEqualTo(before);
    }
  }
}
