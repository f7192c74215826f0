package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.Engine;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.InstallationReader;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is left when everything but the repository is gone, and what a repository from elsewhere may
 * hold.
 */
class IndependenceTest {
  @TempDir Path dir;

  private final FileLayer files = PosixFileLayer.create();
  private Platform platform;
  private RunId backup;

  @BeforeEach
  void platformWithABackup() throws Exception {
    platform = Platform.create(dir.resolve("platform"));
  }

  private void backUp(Compression compression) throws Exception {
    try (Engine engine = platform.open()) {
      backup = Platform.backup(engine, compression).manifest().runId();
    }
  }

  /** Holdfast with the repository and nothing else, which may lie somewhere else now. */
  private Engine withRepositoryAlone(Path repository) {
    Kinds kinds = Kinds.onPath();
    var reader = new InstallationReader(kinds, files, Clock.systemUTC());
    return new Engine(
        new Environment(files, Clock.systemUTC(), new SplittableRandom(), "other", "test"),
        reader.ofRepository(FilePath.of(repository)),
        kinds);
  }

  private RestoreOutcome restoreTo(Engine engine, Path place) {
    return engine.restore(
        new RestoreRequest(backup, List.of(), Optional.of(FilePath.of(place)), false),
        RunMonitor.silent());
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  @Tag("P11")
  @DisplayName(
      "P11: the repository alone, on another machine, without its state and without a configuration, restores")
  void restoresFromTheRepositoryAlone(Compression compression) throws Exception {
    backUp(compression);
    Path moved = dir.resolve("moved");
    Files.move(platform.repository(), moved);
    io.holdfast.engine.file.FileTrees.deleteTree(files, FilePath.of(moved.resolve(".state")));
    io.holdfast.engine.file.FileTrees.deleteTree(files, FilePath.of(platform.root()));

    try (Engine engine = withRepositoryAlone(moved)) {
      RestoreOutcome outcome = restoreTo(engine, dir.resolve("out"));
      assertThat(outcome.status()).as("%s", outcome.failure()).isEqualTo(RunStatus.COMPLETED);
    }
    assertThat(Files.readString(dir.resolve("out/memory/notes.txt"))).isEqualTo("notes of first");
    assertThat(dir.resolve("out/app-db/app.db")).isNotEmptyFile();
    assertThat(dir.resolve("out")).isDirectoryRecursivelyContaining("glob:**/a.yaml");
    assertThat(names(dir.resolve("out"))).containsExactlyInAnyOrder("app-db", "config", "memory");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  @Tag("P6")
  @DisplayName("P6: a backup of a format of the future is listed, and refused by name and version")
  void refusesAManifestOfTheFuture(Compression compression) throws Exception {
    backUp(Compression.NONE);
    Path manifest = platform.repository().resolve("completed/" + backup + "_manual/manifest.json");
    byte[] future =
        Files.readString(manifest)
            .replace("\"format_version\": 1", "\"format_version\": 3")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(manifest, future);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(future));
    Files.writeString(
        manifest.resolveSibling("manifest.json.sha256"), digest + "  manifest.json\n");

    try (Engine engine = platform.open()) {
      assertThat(engine.list())
          .singleElement()
          .isInstanceOfSatisfying(
              BackupEntry.Corrupt.class,
              entry -> {
                assertThat(entry.unsupported()).isTrue();
                assertThat(entry.reason()).contains("2").contains("1");
              });
      assertThatThrownBy(() -> Platform.restore(engine, backup))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNSUPPORTED));
      assertThat(Platform.backup(engine, compression).manifest().status())
          .as("backups go on beside it, and retention leaves it alone")
          .isEqualTo(RunStatus.COMPLETED);
      assertThat(engine.list()).hasSize(2);
    }
  }

  @Test
  @Tag("P6")
  @DisplayName("P6: a repository of a format of the future is refused before anything is written")
  void refusesARepositoryOfTheFuture() throws Exception {
    backUp(Compression.NONE);
    Path marker = platform.repository().resolve("holdfast.json");
    Files.writeString(
        marker, Files.readString(marker).replaceAll("(\"format_version\":\\s*)1", "$199"));
    try (Engine engine = platform.open()) {
      assertThatThrownBy(() -> Platform.backup(engine, Compression.NONE))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNSUPPORTED))
          .hasMessageContaining("99");
      assertThatThrownBy(engine::list)
          .isInstanceOfSatisfying(
              HoldfastException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNSUPPORTED));
    }
  }

  @Test
  @DisplayName(
      "an optional component that fails makes the backup partial; a restore of it has to name components")
  void partialBackups() throws Exception {
    Files.writeString(
        platform.root().resolve("live/broken.db"),
        "this is no database, however long one looks at it ".repeat(50));
    String configuration =
        platform.configuration()
            + "  broken: {kind: sqlite, path: live/broken.db, critical: false}\n";
    try (Engine engine = platform.open(files, configuration)) {
      var outcome = Platform.backup(engine, Compression.ZSTD);
      backup = outcome.manifest().runId();
      assertThat(outcome.manifest().status()).isEqualTo(RunStatus.PARTIAL);
      assertThat(
              outcome
                  .manifest()
                  .component(new ComponentName("broken"))
                  .orElseThrow()
                  .failure()
                  .orElseThrow()
                  .code())
          .isEqualTo(ErrorCode.SOURCE_INVALID);
      assertThat(engine.validate(backup, RunMonitor.silent())).isEmpty();
      assertThatThrownBy(() -> Platform.restore(engine, backup))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_UNSUITABLE))
          .hasMessageContaining("partial");
      assertThatThrownBy(() -> engine.restore(only("broken"), RunMonitor.silent()))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_UNSUITABLE));
      assertThat(engine.restore(only("memory"), RunMonitor.silent()).status())
          .isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  @Tag("P12")
  @DisplayName(
      "P12: a critical component that fails ends the run as failed, is told, and harms nothing")
  void failedBackups() throws Exception {
    Files.writeString(platform.root().resolve("live/app.db"), "overwritten ".repeat(100));
    Files.deleteIfExists(platform.root().resolve("live/app.db-wal"));
    try (Engine engine = platform.open()) {
      var outcome = Platform.backup(engine, Compression.ZSTD);
      assertThat(outcome.manifest().status()).isEqualTo(RunStatus.FAILED);
      assertThat(engine.list()).isEmpty();
      assertThat(engine.listFailed()).hasSize(1);
      assertThat(Files.readString(platform.root().resolve("live/app.db")))
          .startsWith("overwritten");
    }
  }

  @Test
  @DisplayName(
      "a source that is missing fails its component, or is recorded as absent where that is allowed")
  void missingSources() throws Exception {
    String configuration =
        platform.configuration() + "  extra: {kind: directory, path: live/none, missing: skip}\n";
    try (Engine engine = platform.open(files, configuration)) {
      var outcome = Platform.backup(engine, Compression.ZSTD);
      assertThat(outcome.manifest().status()).isEqualTo(RunStatus.COMPLETED);
      backup = outcome.manifest().runId();
      assertThat(
              outcome
                  .manifest()
                  .component(new ComponentName("extra"))
                  .orElseThrow()
                  .status()
                  .word())
          .isEqualTo("absent");
      assertThat(Platform.restore(engine, backup).components())
          .doesNotContain(new ComponentName("extra"));
    }
    try (Engine engine = platform.open(files, configuration.replace(", missing: skip", ""))) {
      assertThat(Platform.backup(engine, Compression.ZSTD).manifest().status())
          .isEqualTo(RunStatus.FAILED);
    }
  }

  @Test
  @DisplayName(
      "a repository inside a component, a component inside the repository, and nested components are refused")
  void nestedPlaces() throws Exception {
    String inside =
        platform.configuration().replace("path: repository", "path: live/memory/repository");
    try (Engine engine = platform.open(files, inside)) {
      assertThatThrownBy(() -> Platform.backup(engine, Compression.NONE))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID))
          .hasMessageContaining("memory");
    }
    assertThat(platform.root().resolve("live/memory/repository")).doesNotExist();
    String nested = platform.configuration() + "  all: {kind: directory, path: live}\n";
    try (Engine engine = platform.open(files, nested)) {
      assertThatThrownBy(() -> Platform.backup(engine, Compression.NONE))
          .hasMessageContaining("app-db")
          .hasMessageContaining("config")
          .hasMessageContaining("memory")
          .hasMessageContaining("all");
    }
    String excluded =
        platform.configuration()
            + "  all: {kind: directory, path: live, exclude: [/app.db*, /config/, /memory/]}\n";
    Files.writeString(platform.root().resolve("live/other"), "other");
    try (Engine engine = platform.open(files, excluded)) {
      backup = Platform.backup(engine, Compression.NONE).manifest().runId();
      List<String> state = platform.state();
      platform.fill("second");
      Files.writeString(platform.root().resolve("live/other"), "changed");
      RestoreOutcome outcome = Platform.restore(engine, backup);
      assertThat(outcome.status()).as("%s", outcome.failure()).isEqualTo(RunStatus.COMPLETED);
      assertThat(platform.state()).isEqualTo(state);
      assertThat(Files.readString(platform.root().resolve("live/other"))).isEqualTo("other");
      assertThat(platform.rubbish()).isEmpty();
    }
  }

  private RestoreRequest only(String component) {
    return new RestoreRequest(
        backup, List.of(new ComponentName(component)), Optional.empty(), false);
  }

  private static List<String> names(Path directory) throws java.io.IOException {
    try (var all = Files.list(directory)) {
      return all.map(p -> p.getFileName().toString()).toList();
    }
  }
}
