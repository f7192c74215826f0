package io.holdfast.server.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.Engine;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.InstallationReader;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.catalogue.Catalogue.Page;
import io.holdfast.server.document.BackupSummaryJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  @TempDir Path dir;
  private Engine engine;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(dir.resolve("live"));
    Files.writeString(dir.resolve("live/file"), "content");
    Path file = dir.resolve("holdfast.yaml");
    Files.writeString(
        file,
        """
        backup: {path: repository, compression: none, retention: {max_count: 0, max_age_days: 0}}
        components:
          tree: {kind: directory, path: live}
        """);
    Kinds kinds = Kinds.onPath();
    var files = PosixFileLayer.create();
    var reader = new InstallationReader(kinds, files, Clock.systemUTC());
    var environment = new Environment(files, Clock.systemUTC(), new SecureRandom(), "test", "test");
    engine = new Engine(environment, reader.read(FilePath.of(file), Optional.empty()), kinds);
    engine.installation().repository().create();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  @DisplayName("pages tell every backup once, newest first, while others come and go")
  void pages() {
    List<Manifest> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.add(backup());
    }
    var catalogue = new Catalogue(engine);
    List<String> told = new ArrayList<>();
    Page page = catalogue.page(Optional.empty(), 3);
    told.addAll(runs(page));
    backup();
    engine.delete(page.next().orElseThrow());
    page = catalogue.page(page.next(), 3);
    told.addAll(runs(page));
    page = catalogue.page(page.next(), 3);
    told.addAll(runs(page));
    assertThat(page.next()).isEmpty();
    assertThat(told)
        .containsExactlyElementsOf(
            made.reversed().stream().map(manifest -> manifest.runId().value()).toList());
  }

  @Test
  @DisplayName("what others do to the repository shows with the next question")
  void others() throws IOException {
    var catalogue = new Catalogue(engine);
    assertThat(catalogue.page(Optional.empty(), 10).backups()).isEmpty();
    Manifest first = backup();
    Manifest second = backup();
    assertThat(runs(catalogue.page(Optional.empty(), 10)))
        .containsExactly(second.runId().value(), first.runId().value());
    Path stored = dir.resolve("repository/completed/" + first.runId() + "_manual");
    Files.writeString(stored.resolve("manifest.json"), "{}");
    assertThat(catalogue.page(Optional.empty(), 10).backups())
        .extracting(BackupSummaryJson::status)
        .containsExactly("completed", "corrupt");
    engine.delete(second.runId());
    assertThat(runs(catalogue.page(Optional.empty(), 10))).containsExactly(first.runId().value());
    assertThat(catalogue.size()).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "a backup is found by its id, also after its manifest was damaged, and not once it is gone")
  void resolves() throws IOException {
    Manifest made = backup();
    var catalogue = new Catalogue(engine);
    String id = made.backupId().value();
    assertThat(catalogue.resolve(id)).isEqualTo(made.runId());
    Path stored = dir.resolve("repository/completed/" + made.runId() + "_manual");
    Files.writeString(stored.resolve("manifest.json"), "{}");
    assertThat(catalogue.resolve(id)).isEqualTo(made.runId());
    engine.delete(made.runId());
    for (String unknown : List.of(id, "ffffffffffff", "nothing", "../../etc")) {
      assertThatThrownBy(() -> catalogue.resolve(unknown))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_NOT_FOUND));
    }
  }

  @Test
  @DisplayName("a backup that looked damaged once is looked at again")
  void damagedOnce() throws IOException {
    Manifest made = backup();
    Path checksum =
        dir.resolve("repository/completed/" + made.runId() + "_manual/manifest.json.sha256");
    String sound = Files.readString(checksum);
    Files.writeString(checksum, "nonsense");
    var catalogue = new Catalogue(engine);
    assertThat(catalogue.all()).extracting(BackupSummaryJson::status).containsExactly("corrupt");

    Files.writeString(checksum, sound);

    assertThat(catalogue.all()).extracting(BackupSummaryJson::status).containsExactly("completed");
    assertThat(catalogue.restorable(made.runId())).containsExactly("tree");
  }

  private Manifest backup() {
    return engine.backup(BackupRequest.manual(), RunMonitor.silent()).manifest();
  }

  private static List<String> runs(Page page) {
    return page.backups().stream()
        .map(BackupSummaryJson::runId)
        .map(RunId::new)
        .map(RunId::value)
        .toList();
  }

  @Test
  @DisplayName("a component that failed is named by its backup, and cannot be restored from it")
  void restorable() throws IOException {
    engine.close();
    Path file = dir.resolve("holdfast.yaml");
    Files.writeString(
        file, Files.readString(file) + "  gone: {kind: directory, path: gone, critical: false}\n");
    Kinds kinds = Kinds.onPath();
    var files = PosixFileLayer.create();
    var reader = new InstallationReader(kinds, files, Clock.systemUTC());
    var environment = new Environment(files, Clock.systemUTC(), new SecureRandom(), "test", "test");
    engine = new Engine(environment, reader.read(FilePath.of(file), Optional.empty()), kinds);
    RunId run = backup().runId();
    var catalogue = new Catalogue(engine);
    assertThat(catalogue.page(Optional.empty(), 1).backups().getFirst().components())
        .containsExactlyInAnyOrder("tree", "gone");
    assertThat(catalogue.restorable(run)).containsExactly("tree");
  }
}
