package io.holdfast.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.Automation;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.retention.RetentionPolicy;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreDestinationTest {
  @TempDir Path dir;

  private final FileLayer files = PosixFileLayer.create();

  @BeforeEach
  void places() throws IOException {
    for (String made :
        List.of(
            "repo/completed", "repo/.running", "state", "live/tree/empty", "other", "bare/app")) {
      Files.createDirectories(dir.resolve(made));
    }
    Files.createSymbolicLink(dir.resolve("to-backups"), dir.resolve("repo/completed"));
    Files.createSymbolicLink(dir.resolve("to-state"), dir.resolve("state"));
    Files.createSymbolicLink(dir.resolve("to-live"), Path.of("live"));
    Files.createSymbolicLink(dir.resolve("linked"), dir.resolve("live/tree"));
  }

  @ParameterizedTest
  @CsvSource({
    "repo, is the repository",
    "repo/completed/20991121-184129-000001_manual, lies in the repository",
    "repo/.running/y, lies in the repository",
    "repo/.state/x, lies in the repository",
    "repo/completed, lies in the repository",
    "to-backups/x, lies in the repository",
    "to-backups, lies in the repository",
    "other/none/../../repo/x, lies in the repository",
    "state, is the state directory",
    "state/x/y, lies in the state directory",
    "to-state/x, lies in the state directory",
    "live/tree/empty, lies in component tree",
    "live/tree/new/er, lies in component tree",
    "to-live/tree/empty, lies in component tree",
    "linked, is component tree",
    "bare, holds component lost",
    "bare/app/data, is component lost",
    ".., holds the repository",
  })
  @DisplayName("a place in, at or around a part of the installation is refused, which is told")
  void overlapping(String place, String told) throws IOException {
    Files.deleteIfExists(dir.resolve("bare/app"));

    HoldfastException refused =
        catchThrowableOfType(HoldfastException.class, () -> require(installation(), place));

    assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
    assertThat(refused.message()).contains(dir.toString()).contains(told);
    assertThat(refused.guidance()).contains("outside of the repository");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"other", "other/new/er", "repo-2", "state2/x", "live/tree2", "none/../other"})
  @DisplayName("a place apart from the installation is free, whatever its name begins with")
  void apart(String place) {
    assertThatCode(() -> require(installation(), place)).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("without a configuration there are the repository and its state, and no component")
  void withoutConfiguration() {
    Installation bare = installation(List.of());

    assertThatCode(() -> require(bare, "live/tree/empty")).doesNotThrowAnyException();
    assertThat(
            catchThrowableOfType(HoldfastException.class, () -> require(bare, "repo/x")).message())
        .contains("lies in the repository");
  }

  @Test
  @DisplayName("what is not empty, and what is no directory, is refused as before")
  void taken() throws IOException {
    Files.writeString(dir.resolve("other/file"), "");

    for (String place : List.of("other", "other/file")) {
      HoldfastException refused =
          catchThrowableOfType(HoldfastException.class, () -> require(installation(), place));
      assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
      assertThat(refused.guidance()).contains("or an empty one");
    }
  }

  private void require(Installation installation, String place) throws IOException {
    RestoreDestination.requireFree(files, installation, FilePath.of(dir + "/" + place));
  }

  private Installation installation() {
    return installation(
        List.of(
            Component.of("tree", "directory", at("live/tree")),
            Component.of("lost", "directory", at("bare/app/data"))));
  }

  private Installation installation(List<Component> components) {
    return new Installation(
        java.util.Optional.empty(),
        answering(Repository.class, "place", Optional.of(FilePath.of(dir.resolve("repo")))),
        FilePath.of(dir.resolve("state")),
        components,
        Compression.NONE,
        RetentionPolicy.KEEP_ALL,
        Installation.DEFAULT_TIMEOUT,
        1,
        Automation.DEFAULT);
  }

  private ComponentHandler at(String place) {
    return answering(ComponentHandler.class, "places", List.of(FilePath.of(dir.resolve(place))));
  }

  /** Of all that the type can be asked, it knows where it is. */
  private static <T> T answering(Class<T> type, String method, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                return answer;
              }
              throw new AssertionError("not used: " + called.getName());
            }));
  }
}
