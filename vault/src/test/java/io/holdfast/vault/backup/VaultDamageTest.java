package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.DataPart;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend.Storage;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damage to a vault: Holdfast and restic agree on what is damage, and nothing wrong is restored.
 */
class VaultDamageTest {
  @TempDir Path temporary;

  /** What can be done to a vault. */
  @FunctionalInterface
  private interface Harm {
    void to(Storage storage) throws IOException;
  }

  private enum Damage {
    NONE(false, "", storage -> {}),
    PACK_MISSING(true, "is missing", storage -> storage.files().remove(largest(storage))),
    PACK_TRUNCATED(
        true,
        "bytes",
        storage ->
            storage
                .files()
                .computeIfPresent(
                    largest(storage), (id, bytes) -> Arrays.copyOf(bytes, bytes.length / 2))),
    PACK_WITHOUT_ITS_END(
        true,
        "header",
        storage ->
            storage
                .files()
                .computeIfPresent(
                    largest(storage), (id, bytes) -> Arrays.copyOf(bytes, bytes.length - 20))),
    PACK_FLIPPED(true, "another SHA-256", storage -> flip(storage, largest(storage), 5000)),
    PACK_HEADER_FLIPPED(true, "its header", storage -> flip(storage, largest(storage), -50)),
    TREE_FLIPPED(
        true, "damaged", storage -> flip(storage, files(storage, FileType.PACK).getFirst(), 50)),
    PACK_RENAMED(
        true,
        "is missing",
        storage ->
            storage
                .files()
                .put(
                    FileId.of(FileType.PACK, ContentId.of("another".getBytes(UTF_8))),
                    storage.files().remove(largest(storage)))),
    PACK_THAT_NOTHING_NAMES(
        false,
        "",
        storage ->
            storage
                .files()
                .put(
                    FileId.of(FileType.PACK, ContentId.of("stray".getBytes(UTF_8))),
                    new byte[300])),
    INDEX_MISSING(
        true,
        "is in no index",
        storage -> storage.files().remove(files(storage, FileType.INDEX).getFirst())),
    INDEX_FLIPPED(
        true,
        "another SHA-256",
        storage -> flip(storage, files(storage, FileType.INDEX).getFirst(), 20)),
    INDEX_COPIED_UNDER_ANOTHER_NAME(
        true,
        "another SHA-256",
        storage ->
            storage
                .files()
                .put(
                    FileId.of(FileType.INDEX, ContentId.of("copy".getBytes(UTF_8))),
                    storage.files().get(files(storage, FileType.INDEX).getFirst()))),
    INDEX_DOUBLED(
        false,
        "",
        storage -> {
          FileId index = files(storage, FileType.INDEX).getFirst();
          try (Vault vault = new FaultyVault(storage, BackendFault.none()).open(false)) {
            vault.writeDocument(
                FileType.INDEX, vault.readDocument(FileType.INDEX, index.id().orElseThrow()));
          }
        }),
    INDEX_OF_ANOTHER_VAULT(
        true,
        "seal",
        storage -> {
          var other = new Storage();
          try (Vault vault = new FaultyVault(other, BackendFault.none()).open(true)) {
            vault.writeDocument(FileType.INDEX, "{\"packs\":[]}".getBytes(UTF_8));
          }
          FileId index = files(other, FileType.INDEX).getFirst();
          storage.files().put(index, other.files().get(index));
        }),
    SNAPSHOT_FLIPPED(
        true,
        "another SHA-256",
        storage -> flip(storage, files(storage, FileType.SNAPSHOT).getFirst(), 20));

    private final boolean isDamage;
    private final String message;
    private final Harm harm;

    Damage(boolean isDamage, String message, Harm harm) {
      this.isDamage = isDamage;
      this.message = message;
      this.harm = harm;
    }
  }

  @Test
  @DisplayName("a pack that is gone is asked for once, however many blobs were in it")
  void asksOnce() throws Exception {
    var storage = new Storage();
    var scene = new Scene(temporary);
    try (var repository = scene.repository(storage)) {
      repository.create();
      repository.prepare();
      Scene.publish(repository, 1, 1, 2, 3, 4, 5);
    }
    FileId lost = largest(storage);
    storage.files().remove(lost);
    var watched = new FaultyVault(storage, BackendFault.none());
    try (var repository = scene.repository(watched)) {
      assertThat(repository.checkStructure(new Cancellation())).isNotEmpty();
    }
    assertThat(watched.trace()).filteredOn(("read " + lost)::equals).hasSize(1);
  }

  /** From the smallest, which of packs is one of trees, to the largest, which is one of data. */
  private static List<FileId> files(Storage storage, FileType type) {
    return storage.files().entrySet().stream()
        .filter(file -> file.getKey().type() == type)
        .sorted(Comparator.comparingInt(file -> file.getValue().length))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static FileId largest(Storage storage) {
    return files(storage, FileType.PACK).getLast();
  }

  private static void flip(Storage storage, FileId file, int at) {
    byte[] bytes = storage.files().get(file).clone();
    bytes[at < 0 ? bytes.length + at : at] ^= 4;
    storage.files().put(file, bytes);
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  @Tag("P5")
  @DisplayName(
      "P5: what is damaged is told, as restic judges it too, and never restored as if sound")
  void agreesWithRestic(Damage damage) throws Exception {
    ResticProgram.assumeInstalled();
    var storage = new Storage();
    var scene = new Scene(temporary);
    try (var repository = scene.repository(storage)) {
      repository.create();
      repository.prepare();
      Scene.publish(repository, 1, 1, 2);
      Scene.publish(repository, 2, 2, 3, 4, 5);
    }

    damage.harm.to(storage);

    try (var repository = scene.repository(storage)) {
      var problems = new ArrayList<>(repository.checkStructure(new Cancellation()));
      problems.addAll(
          repository
              .dataChecks()
              .orElseThrow()
              .check(DataPart.ALL, new Cancellation(), bytes -> {})
              .problems());
      assertThat(!problems.isEmpty()).as(problems.toString()).isEqualTo(damage.isDamage);
      if (damage.isDamage) {
        assertThat(problems.stream().map(RepositoryProblem::message))
            .anyMatch(message -> message.contains(damage.message));
      }
    }
    assertThat(scene.restic(storage).succeeds("check", "--read-data")).isEqualTo(!damage.isDamage);
    restores(scene, storage, damage.isDamage);
  }

  @Test
  void whatTheIndexForgetsIsStoredAgainAndMakesOldBackupsWhole() throws Exception {
    ResticProgram.assumeInstalled();
    FilePath state = FilePath.of(temporary.resolve("state"));
    FileLayer files = PosixFileLayer.create();
    var restic = new ResticProgram(temporary, QuickVault.PASSWORD.getBytes(UTF_8));
    var setting = new TestVault(files, FilePath.of(restic.repository()));
    try (var repository = new VaultRepository(setting, files, Scene.CLOCK, state)) {
      repository.create();
      repository.prepare();
      Scene.publish(repository, 1, 1, 2);
    }
    try (var packs = Files.walk(restic.repository().resolve("data"))) {
      Files.delete(
          packs
              .filter(Files::isRegularFile)
              .max(Comparator.comparingLong(file -> file.toFile().length()))
              .orElseThrow());
    }
    restic.run("rebuild-index");

    try (var repository = new VaultRepository(setting, files, Scene.CLOCK, state)) {
      Scene.publish(repository, 2, 1, 2);
      Scene.requireWhole(repository, 1, 1, 2);
      Scene.requireWhole(repository, 2, 1, 2);
    }
    restic.run("check", "--read-data");
  }

  @Test
  @DisplayName("a pack that is lost or damaged: every backup that needs it is named, and no other")
  void namesTheBackupsConcerned() throws IOException {
    var storage = new Storage();
    var scene = new Scene(temporary);
    FileId shared;
    try (var repository = scene.repository(storage)) {
      repository.create();
      repository.prepare();
      Scene.publish(repository, 1, 1);
      shared = largest(storage);
      Scene.publish(repository, 2, 1, 2);
      Scene.publish(repository, 3, 1);
      Scene.publish(repository, 4, 3);
    }

    flip(storage, shared, 5000);
    try (var repository = scene.repository(storage)) {
      assertThat(concerned(checkOfAll(repository))).containsExactlyInAnyOrder(1, 2, 3);
      assertThat(repository.checkStructure(new Cancellation())).isEmpty();
    }
    storage.files().remove(shared);
    try (var repository = scene.repository(storage)) {
      List<RepositoryProblem> problems = repository.checkStructure(new Cancellation());
      assertThat(concerned(problems)).containsExactlyInAnyOrder(1, 2, 3);
      assertThat(problems)
          .filteredOn(problem -> problem.run().equals(Optional.of(Scene.run(2))))
          .singleElement()
          .satisfies(problem -> {
            assertThat(problem.subject()).isEqualTo("alpha/file1");
            assertThat(problem.message())
                .contains("is lost with pack data/" + shared.id().orElseThrow());
          });
    }
  }

  @Test
  @DisplayName("what no index names any more is told of every backup that shares it")
  void namesAllThatShareATree() throws IOException {
    var storage = new Storage();
    var scene = new Scene(temporary);
    try (var repository = scene.repository(storage)) {
      repository.create();
      repository.prepare();
      Scene.publish(repository, 1, 1);
      Scene.publish(repository, 2, 1);
      Scene.publish(repository, 3, 2);
    }

    // The first: of the first backup, whose chunks and directory the second shares.
    storage.files().remove(indexOf(storage, scene, 1));

    try (var repository = scene.repository(storage)) {
      assertThat(concerned(repository.checkStructure(new Cancellation())))
          .containsExactlyInAnyOrder(1, 2);
    }
  }

  @Test
  @DisplayName("problems beyond the most that are listed are counted, and hide no backup")
  void countsWhatItDoesNotList() {
    var problems = new FoundProblems();
    for (int i = 0; i < FoundProblems.MOST + 7; i++) {
      problems.add(Optional.of(Scene.run(1)), "file" + i, "is missing");
    }
    problems.addConcerned(Optional.of(Scene.run(1)), "file1", "is missing");
    problems.addConcerned(Optional.of(Scene.run(2)), "file1", "is missing");

    assertThat(problems.all()).hasSize(FoundProblems.MOST + 2);
    assertThat(problems.all().getLast().message()).isEqualTo("and 7 more problems");
    assertThat(concerned(problems.all())).contains(1, 2);
  }

  private static List<RepositoryProblem> checkOfAll(VaultRepository repository) throws IOException {
    return repository
        .dataChecks()
        .orElseThrow()
        .check(DataPart.ALL, new Cancellation(), bytes -> {})
        .problems();
  }

  private static Set<Integer> concerned(List<RepositoryProblem> problems) {
    return problems.stream()
        .flatMap(problem -> problem.run().stream())
        .map(RunId::sequence)
        .collect(Collectors.toSet());
  }

  /** The index that names the pack of the content of a file. */
  private static FileId indexOf(Storage storage, Scene scene, int number) throws IOException {
    for (FileId index : files(storage, FileType.INDEX)) {
      byte[] without = storage.files().remove(index);
      try (var repository = scene.repository(storage)) {
        Scene.requireWhole(repository, number, number);
      } catch (HoldfastException found) {
        storage.files().put(index, without);
        return index;
      }
      storage.files().put(index, without);
    }
    throw new AssertionError("no index names it");
  }

  /** Whatever can be read is what it was. */
  private static void restores(Scene scene, Storage storage, boolean mayFail) throws IOException {
    try (var repository = scene.repository(storage)) {
      Scene.requireWhole(repository, 1, 1, 2);
      Scene.requireWhole(repository, 2, 2, 3, 4, 5);
    } catch (RuntimeException told) {
      assertThat(mayFail).as(told.toString()).isTrue();
    }
  }
}
