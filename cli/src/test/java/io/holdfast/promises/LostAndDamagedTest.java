package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Engine;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.ForwardingFileLayer;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Restores of what is lost altogether, which compare the backup's bytes while they stage them
 * instead of reading all of them before.
 */
class LostAndDamagedTest {
  private static final int PLACES = 40;

  @TempDir Path dir;
  private Platform platform;

  @BeforeEach
  void platform() throws Exception {
    platform = Platform.create(dir.resolve("platform"));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  @Tag("P5")
  @Tag("P4")
  @DisplayName("P5: wherever a backup is damaged, nothing that was lost is restored from it")
  void nothingComesBackFromDamage(Compression compression) throws Exception {
    try (Engine engine = platform.open()) {
      RunId backup = Platform.backup(engine, compression).manifest().runId();
      lose();
      for (Path file : stored()) {
        byte[] sound = Files.readAllBytes(file);
        int step = Math.max(1, sound.length / PLACES);
        for (int at = 0; at < sound.length; at += step) {
          byte[] flipped = sound.clone();
          flipped[at] ^= 0x10;
          Files.write(file, flipped);
          assertThat(failure(engine, backup))
              .describedAs("byte %d of %s", at, file)
              .isEqualTo(ErrorCode.Kind.CORRUPT);
          assertThat(platform.root().resolve("live")).doesNotExist();
        }
        Files.write(file, sound);
      }
      assertThat(Platform.restore(engine, backup).status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  @Tag("P5")
  @DisplayName("all damage is told, and not only what staging met first")
  void tellsAllDamage() throws Exception {
    try (Engine engine = platform.open()) {
      RunId backup = Platform.backup(engine, Compression.NONE).manifest().runId();
      lose();
      for (Path file : stored()) {
        if (file.endsWith("notes.txt") || file.endsWith("leaf") || file.endsWith("a.yaml")) {
          Files.writeString(file, "damaged");
        }
      }
      RestoreOutcome outcome = Platform.restore(engine, backup);
      var failure = outcome.failure().orElseThrow();
      assertThat(failure.code()).isEqualTo(ErrorCode.ARTIFACT_CORRUPT);
      assertThat(failure.message()).contains("is damaged").contains("(and 2 more)");
      assertThat(failure.guidance()).startsWith("Nothing was touched.");
    }
  }

  @Test
  @DisplayName("what is lost is read once; beside live state, once before anything is touched too")
  void readsOnce() throws Exception {
    Queue<String> opened = new ConcurrentLinkedQueue<>();
    var files =
        new ForwardingFileLayer(PosixFileLayer.create()) {
          @Override
          public ReadableFile open(FilePath path) throws IOException {
            if (path.toString().startsWith(platform.repository() + "/completed")) {
              opened.add(FilePath.display(path.name()));
            }
            return super.open(path);
          }
        };
    try (Engine engine = platform.open(files)) {
      RunId backup = Platform.backup(engine, Compression.NONE).manifest().runId();
      lose();
      opened.clear();
      assertThat(Platform.restore(engine, backup).status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(opened).containsOnlyOnce("notes.txt", "a.yaml");
      Files.delete(platform.root().resolve("live/memory/notes.txt"));
      opened.clear();
      assertThat(Platform.restore(engine, backup).status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(opened.stream().filter("notes.txt"::equals)).hasSize(2);
    }
  }

  private void lose() throws IOException {
    FileTrees.deleteTree(PosixFileLayer.create(), FilePath.of(platform.root().resolve("live")));
  }

  /** The files of the only backup. */
  private List<Path> stored() throws IOException {
    try (var all = Files.walk(platform.repository().resolve("completed"))) {
      return all.filter(path -> Files.isRegularFile(path)).toList();
    }
  }

  private static ErrorCode.@Nullable Kind failure(Engine engine, RunId backup) {
    try {
      return Platform.restore(engine, backup)
          .failure()
          .map(failure -> failure.code().kind())
          .orElse(null);
    } catch (HoldfastException e) {
      return e.code().kind();
    }
  }
}
