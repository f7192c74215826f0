package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A vault that a server has open, and that is no longer the one that is there")
class ReplacedVaultTest {
  @TempDir Path temporary;
  private final FileLayer files = PosixFileLayer.create();
  private Path place;
  private Scene scene;
  private VaultRepository running;

  @BeforeEach
  void openAndWrite() throws IOException {
    place = temporary.resolve("vault");
    scene = new Scene(temporary);
    running = another();
    running.create();
    Scene.publish(running, 1, 1);
    Files.move(place, temporary.resolve("away"));
  }

  private VaultRepository another() {
    return scene.repository(new TestVault(files, FilePath.of(place)));
  }

  @Test
  @Tag("P11")
  @DisplayName("P11: after another was made in its place, backups are sealed with that one's key")
  void replaced() throws IOException {
    another().create();
    running.resume();
    Scene.publish(running, 2, 2);
    Scene.requireWhole(another(), 2, 2);
  }

  @Test
  @Tag("P8")
  @DisplayName("P8: where it is gone, no backup goes on as if it were there")
  void gone() throws IOException {
    Files.createDirectory(place);
    Files.writeString(place.resolve("README"), "a mount point");
    assertThatThrownBy(running::resume)
        .isInstanceOfSatisfying(
            HoldfastException.class,
            failure ->
                org.assertj.core.api.Assertions.assertThat(failure.code())
                    .isEqualTo(ErrorCode.REPOSITORY_UNAVAILABLE));
  }

  @Test
  @DisplayName("when it is back, backups go on in it")
  void back() throws IOException {
    assertThatThrownBy(running::resume).isInstanceOf(HoldfastException.class);
    Files.move(temporary.resolve("away"), place);
    running.resume();
    Scene.publish(running, 2, 2);
    Scene.requireWhole(another(), 1, 1);
    Scene.requireWhole(another(), 2, 2);
  }
}
