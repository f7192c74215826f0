package io.holdfast.testkit.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.repository.directory.DirectoryRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the index of a {@code directory} repository counts as current. */
class DirectoryIndexTest {
  private static final String NAME = "20260102-030405-000001_manual";

  @TempDir Path dir;

  @BeforeEach
  void repository() throws IOException {
    at(Duration.ZERO).create();
  }

  @Test
  @DisplayName("stays current until a name comes or goes")
  void staysCurrent() throws IOException {
    BackupIndex index = at(Duration.ofMinutes(1)).index();
    assertThat(index.isCurrent()).isTrue();
    assertThat(index.isCurrent()).isTrue();
    Files.createDirectory(dir.resolve("completed").resolve(NAME));
    assertThat(index.isCurrent()).isFalse();
  }

  @Test
  @DisplayName(
      "is read again where the directory has just changed: the next change may show the same time")
  void doesNotTrustAnUnsettledTime() throws IOException {
    assertThat(at(Duration.ZERO).index().isCurrent()).isFalse();
    assertThat(at(Duration.ofDays(-3)).index().isCurrent()).isFalse();
  }

  @Test
  @DisplayName("is not current once the directory is gone or another")
  void seesAnotherDirectory() throws IOException {
    BackupIndex index = at(Duration.ofMinutes(1)).index();
    Files.move(dir.resolve("completed"), dir.resolve("away"));
    assertThat(index.isCurrent()).isFalse();
    Files.createDirectory(dir.resolve("completed"));
    assertThat(index.isCurrent()).isFalse();
  }

  /** A repository whose clock is ahead of the kernel's by so much. */
  private DirectoryRepository at(Duration ahead) {
    Clock clock = Clock.fixed(Instant.now().plus(ahead), ZoneOffset.UTC);
    return new DirectoryRepository(PosixFileLayer.create(), clock, FilePath.of(dir), 3);
  }
}
