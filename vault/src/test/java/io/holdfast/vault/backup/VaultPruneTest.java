package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.PruneOutcome;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.lock.LockRole;
import io.holdfast.vault.lock.VaultLocks;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a prune removes, moves and keeps, with nobody else at work. */
class VaultPruneTest {
  @TempDir Path temporary;

  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();
  private Scene scene;
  private VaultRepository repository;

  @BeforeEach
  void threeBackups() throws IOException {
    scene = new Scene(temporary);
    repository = scene.repository(storage);
    repository.create();
    repository.prepare();
    Scene.publish(repository, 1, 1, 2);
    // Its pack holds 3 and 4, of which the next backup needs 4.
    Scene.publish(repository, 2, 1, 3, 4);
    Scene.publish(repository, 3, 2, 4, 5);
  }

  private PruneOutcome prune(UnusedLimit limit, boolean dryRun) throws IOException {
    return repository.maintenance().orElseThrow().prune(limit, dryRun, new Cancellation(), b -> {});
  }

  private Set<FileId> files(FileType type) {
    return storage.files().keySet().stream()
        .filter(file -> file.type() == type)
        .collect(Collectors.toSet());
  }

  private long bytes() {
    return storage.files().entrySet().stream()
        .filter(file -> file.getKey().type() == FileType.PACK)
        .mapToLong(file -> file.getValue().length)
        .sum();
  }

  private void requireSound(int... backups) throws Exception {
    int[][] held = {{}, {1, 2}, {1, 3, 4}, {2, 4, 5}};
    for (int backup : backups) {
      Scene.requireWhole(repository, backup, held[backup]);
    }
    assertThat(repository.checkStructure(new Cancellation())).isEmpty();
    assertThat(files(FileType.LOCK)).isEmpty();
    ResticProgram.assumeInstalled();
    scene.restic(storage).run("check", "--read-data");
  }

  @Test
  void nothingIsRemovedWhereEverythingIsNeeded() throws Exception {
    Set<FileId> before = files(FileType.PACK);

    PruneOutcome outcome = prune(UnusedLimit.DEFAULT, false);

    assertThat(outcome.snapshots()).isEqualTo(3);
    assertThat(outcome.deleted().count()).isZero();
    assertThat(outcome.freedBytes()).isZero();
    assertThat(files(FileType.PACK)).isEqualTo(before);
    requireSound(1, 2, 3);
  }

  @Test
  void whatOnlyADeletedBackupNeededGoesAndWhatIsSharedMoves() throws Exception {
    repository.delete(Scene.run(2));
    long before = bytes();

    PruneOutcome outcome = prune(UnusedLimit.DEFAULT, false);

    assertThat(before - bytes()).isEqualTo(outcome.freedBytes()).isGreaterThan(300_000);
    assertThat(outcome.repacked().count()).isEqualTo(1);
    assertThat(outcome.unusedBytes()).isZero();
    requireSound(1, 3);
    assertThat(prune(UnusedLimit.DEFAULT, false).deleted().count()).isZero();
  }

  @Test
  void withoutALimitNothingMoves() throws Exception {
    repository.delete(Scene.run(2));

    PruneOutcome outcome = prune(UnusedLimit.UNLIMITED, false);

    assertThat(outcome.repacked().count()).isZero();
    assertThat(outcome.unusedBytes()).isGreaterThan(300_000);
    assertThat(outcome.deleted().count()).isPositive();
    requireSound(1, 3);
  }

  @Test
  void aDryRunTellsAndChangesNothing() throws Exception {
    repository.delete(Scene.run(2));
    Set<FileId> before = Set.copyOf(storage.files().keySet());

    PruneOutcome would = prune(UnusedLimit.DEFAULT, true);

    assertThat(storage.files().keySet()).isEqualTo(before);
    PruneOutcome did = prune(UnusedLimit.DEFAULT, false);
    assertThat(would.dryRun()).isTrue();
    assertThat(would.deleted()).isEqualTo(did.deleted());
    assertThat(would.repacked()).isEqualTo(did.repacked());
    assertThat(would.unusedBytes()).isEqualTo(did.unusedBytes());
  }

  @Test
  void whenAllBackupsAreGoneNothingRemains() throws Exception {
    for (int backup = 1; backup <= 3; backup++) {
      repository.delete(Scene.run(backup));
    }

    prune(UnusedLimit.DEFAULT, false);

    assertThat(files(FileType.PACK)).isEmpty();
    assertThat(files(FileType.INDEX)).isEmpty();
    requireSound();
  }

  @Test
  void manySmallPacksAndIndexesAreMerged() throws Exception {
    for (int backup = 4; backup < 40; backup++) {
      Scene.publish(repository, backup, backup + 100);
    }
    int packs = files(FileType.PACK).size();

    prune(UnusedLimit.DEFAULT, false);

    assertThat(files(FileType.PACK)).hasSizeLessThan(packs / 4);
    assertThat(files(FileType.INDEX)).hasSizeLessThan(4);
    for (int backup = 4; backup < 40; backup++) {
      Scene.requireWhole(repository, backup, backup + 100);
    }
    requireSound(1, 2, 3);
  }

  @Test
  void aPackThatIsNeededAndMissingStopsItBeforeAnythingIsRemoved() throws IOException {
    repository.delete(Scene.run(2));
    FileId lost =
        storage.files().entrySet().stream()
            .filter(file -> file.getKey().type() == FileType.PACK)
            .filter(file -> file.getValue().length > 500_000)
            .findFirst()
            .orElseThrow()
            .getKey();
    storage.files().remove(lost);
    Set<FileId> before = Set.copyOf(storage.files().keySet());

    assertThatThrownBy(() -> prune(UnusedLimit.DEFAULT, false))
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining(lost.id().orElseThrow().brief());

    assertThat(storage.files().keySet()).isEqualTo(before);
  }

  @Test
  void anIndexThatIsLostIsWrittenAgainFromThePacks() throws Exception {
    storage.files().keySet().removeIf(file -> file.type() == FileType.INDEX);
    repository.close();

    prune(UnusedLimit.DEFAULT, false);

    requireSound(1, 2, 3);
  }

  @Test
  void twoPrunesExcludeEachOther() throws IOException {
    var setting = new FaultyVault(storage, BackendFault.none());
    try (var vault = setting.open(false)) {
      var locks = new VaultLocks(vault, setting.owner(), Scene.CLOCK, pid -> true);
      try (var lock = locks.prune()) {
        lock.require();
        assertThatThrownBy(() -> prune(UnusedLimit.DEFAULT, false))
            .isInstanceOf(HoldfastException.class)
            .hasMessageContaining("in use");
        // A backup and a restore go on.
        locks.share(LockRole.BACKUP).close();
        locks.share(LockRole.RESTORE).close();
      }
      assertThat(prune(UnusedLimit.DEFAULT, false).snapshots()).isEqualTo(3);
    }
  }
}
