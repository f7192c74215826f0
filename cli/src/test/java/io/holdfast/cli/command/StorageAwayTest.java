package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the storage of a repository is not mounted, or something else is in its place. */
class StorageAwayTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void platform() {
    cli = Cli.withPlatform(directory);
    cli.write("secret", "open sesame\n");
  }

  private void configure(String kind, String path) {
    cli.write(
        "holdfast.yaml",
        """
        backup: {repository: %s, path: %s, state: state%s}
        components:
          tree: {kind: directory, path: data}
        """
            .formatted(kind, path, kind.equals("vault") ? ", password_file: secret" : ""));
  }

  private boolean isEmpty(String path) throws IOException {
    try (Stream<Path> list = Files.list(cli.path(path))) {
      return list.findAny().isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vault", "directory"})
  @DisplayName("no second repository is made by itself where there was one")
  void notMounted(String kind) throws IOException {
    configure(kind, "disk/place");
    assertThat(cli.run("backup").exit()).isZero();
    Files.move(cli.path("disk"), cli.path("disk.away"));

    for (boolean mountPoint : new boolean[] {false, true}) {
      if (mountPoint) {
        Files.createDirectories(cli.path("disk/place"));
      }
      Result backup = cli.run("backup");
      Result doctor = cli.run("doctor");

      assertThat(backup.exit()).as(backup.toString()).isEqualTo(10);
      assertThat(backup.err())
          .contains("the storage is probably not mounted", "Mount it", "repository init");
      assertThat(doctor.exit()).as(doctor.toString()).isEqualTo(1);
      assertThat(doctor.out()).contains("does not exist, though it was used before");
      if (kind.equals("vault")) {
        Result storage = cli.run("doctor", "repository");
        assertThat(storage.exit()).as(storage.toString()).isEqualTo(1);
        assertThat(storage.out()).contains("does not exist, though it was used before");
      }
    }
    assertThat(isEmpty("disk/place")).isTrue();
    Files.delete(cli.path("disk/place"));
    Files.delete(cli.path("disk"));
    Files.move(cli.path("disk.away"), cli.path("disk"));
    assertThat(cli.run("backup").exit()).isZero();
    assertThat(cli.run("backup", "list").out()).contains("000001  ", "000002  ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vault", "directory"})
  @DisplayName("whoever really begins anew says so")
  void anew(String kind) throws IOException {
    configure(kind, "place");
    assertThat(cli.run("backup").exit()).isZero();
    Files.move(cli.path("place"), cli.path("gone"));

    Result made = cli.run("repository", "init");

    assertThat(made.exit()).as(made.toString()).isZero();
    assertThat(made.out()).contains("is ready for backups");
    assertThat(cli.run("backup").exit()).isZero();
  }

  @Test
  @DisplayName("another place is new to the installation, and gets its vault by the first backup")
  void anotherPlace() {
    configure("vault", "place");
    assertThat(cli.run("backup").exit()).isZero();
    configure("vault", "other");
    assertThat(cli.run("backup").exit()).isZero();
  }

  @Test
  @DisplayName("init of a vault that is there says that it was")
  void there() {
    configure("vault", "place");
    assertThat(cli.run("repository", "init").out()).contains("is ready for backups");
    assertThat(cli.run("repository", "init").out()).contains("was there already");
    assertThat(cli.run("--json", "repository", "init").out()).contains("\"made\":false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vault", "directory"})
  @DisplayName("init makes nothing inside of a component, nor around one")
  void componentAround(String kind) {
    for (String path : new String[] {"data/place", "."}) {
      configure(kind, path);
      Result init = cli.run("repository", "init");

      assertThat(init.exit()).as(init.toString()).isEqualTo(2);
      assertThat(init.err()).contains("Keep the repository outside of all components");
      assertThat(cli.path(path).resolve("keys")).doesNotExist();
      assertThat(cli.path(path).resolve("completed")).doesNotExist();
    }
  }

  @Test
  @DisplayName("a vault is not made among files of others")
  void foreignFiles() throws IOException {
    configure("vault", "place");
    Files.createDirectories(cli.path("place/lost+found"));
    cli.write("place/photo.jpg", "x");

    for (String command : new String[] {"backup", "repository init"}) {
      Result result = cli.run(command.split(" "));

      assertThat(result.exit()).as(result.toString()).isEqualTo(10);
      assertThat(result.err()).contains("is not empty and no vault: it holds photo.jpg");
      assertThat(cli.path("place/keys")).doesNotExist();
    }
    Files.delete(cli.path("place/photo.jpg"));
    assertThat(cli.run("backup").exit()).isZero();
  }
}
