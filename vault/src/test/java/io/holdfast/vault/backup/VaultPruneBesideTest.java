package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.PruneOutcome;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.testkit.repository.TestManifests;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.format.LockFile;
import io.holdfast.vault.format.Timestamp;
import io.holdfast.vault.lock.LockOwner;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prune while others are at work on the same vault. */
class VaultPruneBesideTest {
  private static final LockOwner ELSEWHERE = new LockOwner("elsewhere", "user", 7);

  @TempDir Path temporary;

  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();
  private Scene scene;
  private VaultRepository repository;
  private VaultRepository other;
  private FilePath state;

  @BeforeEach
  void aBackupThatIsGone() throws IOException {
    scene = new Scene(temporary);
    state = scene.newState();
    repository = scene.repository(new FaultyVault(storage, BackendFault.none()), state);
    repository.create();
    repository.prepare();
    Scene.publish(repository, 1, 1, 2);
    Scene.publish(repository, 2, 3, 4);
    other = scene.repository(new FaultyVault(storage, BackendFault.none(), ELSEWHERE));
    other.create();
    other.prepare();
  }

  private PruneOutcome prune() throws IOException {
    return prune(repository);
  }

  private static PruneOutcome prune(VaultRepository repository) throws IOException {
    return repository
        .maintenance()
        .orElseThrow()
        .prune(UnusedLimit.DEFAULT, false, new Cancellation(), bytes -> {});
  }

  private void requireSound() throws Exception {
    assertThat(repository.checkStructure(new Cancellation())).isEmpty();
    ResticProgram.assumeInstalled();
    scene.restic(storage).run("check", "--read-data", "--no-lock");
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: what a backup under way relies on stays, though nothing else needs it any more")
  void aBackupThatReliesOnWhatIsRemoved() throws Exception {
    var artifacts = new HashMap<ComponentName, List<Artifact>>();
    BackupWriter writer = Scene.write(other, 3, artifacts, 3, 4, 5);
    repository.delete(Scene.run(2));

    PruneOutcome first = prune();

    // It has stored a pack that no index names yet, and relies on one that no index names any more.
    assertThat(first.deleted().count()).isZero();
    assertThat(first.waiting().count()).isPositive();
    assertThat(first.waitingFor()).isEqualTo(1);
    assertThat(prune().deleted().count()).isZero();

    writer.publish(TestManifests.of(Scene.start(3), RunStatus.COMPLETED, artifacts));
    requireSound();
    Scene.requireWhole(repository, 3, 3, 4, 5);
    writer.close();

    prune();
    assertThat(prune().waiting().count()).isZero();
    Scene.requireWhole(repository, 1, 1, 2);
    Scene.requireWhole(repository, 3, 3, 4, 5);
    requireSound();
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: what a backup that was given up has stored goes when it has ended, not before")
  void aBackupThatIsGivenUp() throws Exception {
    repository.delete(Scene.run(2));
    BackupWriter writer = Scene.write(other, 3, new HashMap<>(), 3, 5);
    assertThat(prune().waiting().count()).isGreaterThanOrEqualTo(2);

    writer.close();
    PruneOutcome after = prune();

    assertThat(after.waiting().count()).isZero();
    assertThat(after.deleted().count()).isGreaterThanOrEqualTo(2);
    requireSound();
    // It knows nothing of what it had found there.
    Scene.publish(other, 4, 3, 5);
    Scene.requireWhole(repository, 4, 3, 5);
    requireSound();
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: a restore under way reads on, wherever a prune moves what it reads")
  void aRestore() throws Exception {
    Scene.publish(repository, 3, 4, 5);
    try (BackupReader reader = other.open(Scene.run(3))) {
      repository.delete(Scene.run(2));
      PruneOutcome outcome = prune();
      assertThat(outcome.repacked().count()).isPositive();
      assertThat(outcome.deleted().count()).isZero();

      assertThat(reader.verify(List.of(Scene.ALPHA), new Cancellation(), bytes -> {})).isEmpty();
    }
    assertThat(prune().deleted().count()).isPositive();
    Scene.requireWhole(other, 3, 4, 5);
    requireSound();
  }

  @Test
  void whoBeginsAfterwardsIsNotWaitedFor() throws Exception {
    repository.delete(Scene.run(2));
    BackupWriter before = Scene.write(other, 3, new HashMap<>(), 6);
    assertThat(prune().waitingFor()).isEqualTo(1);
    var late =
        scene.repository(
            new FaultyVault(storage, BackendFault.none(), new LockOwner("late", "user", 8)));
    late.create();
    late.prepare();
    var artifacts = new HashMap<ComponentName, List<Artifact>>();
    try (BackupWriter writer = Scene.write(late, 4, artifacts, 3, 4)) {
      before.close();

      PruneOutcome second = prune();
      assertThat(second.deleted().count()).isPositive();
      // Its own pack waits for it.
      assertThat(second.waitingFor()).isEqualTo(1);

      writer.publish(TestManifests.of(Scene.start(4), RunStatus.COMPLETED, artifacts));
    }
    late.close();
    prune();
    Scene.requireWhole(repository, 4, 3, 4);
    requireSound();
  }

  @Test
  void withoutItsRecordAPruneWaitsOnceMoreAndNoMore() throws Exception {
    repository.delete(Scene.run(2));
    BackupWriter writer = Scene.write(other, 3, new HashMap<>(), 6);
    int waiting = prune().waiting().count();

    // Another machine, which knows nothing of the first prune.
    var elsewhere = scene.repository(new FaultyVault(storage, BackendFault.none()));
    assertThat(prune(elsewhere).waiting().count()).isEqualTo(waiting);
    writer.close();
    assertThat(prune(elsewhere).deleted().count()).isEqualTo(waiting);
    requireSound();
  }

  @Test
  void besideAnotherProgramNothingIsDone() throws IOException {
    repository.delete(Scene.run(2));
    var before = Map.copyOf(storage.files());
    try (Vault vault = new FaultyVault(storage, BackendFault.none()).open(false)) {
      var lock =
          new LockFile(
              Timestamp.of(Scene.CLOCK.instant(), ZoneOffset.UTC), false, "far", "root", 9, 0, 0);
      var id = vault.writeDocument(FileType.LOCK, lock.encode());

      assertThatThrownBy(this::prune)
          .isInstanceOfSatisfying(
              HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
          .hasMessageContaining("process 9 of root on far");

      storage.files().keySet().removeIf(file -> file.id().filter(id::equals).isPresent());
      assertThat(storage.files().keySet()).isEqualTo(before.keySet());
    }
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: a backup whose lock was removed publishes nothing")
  void aLockThatWasRemoved() throws Exception {
    var artifacts = new HashMap<ComponentName, List<Artifact>>();
    try (BackupWriter writer = Scene.write(other, 3, artifacts, 3, 4)) {
      repository.delete(Scene.run(2));
      assertThat(repository.maintenance().orElseThrow().unlock(true).removed()).isEqualTo(1);
      prune();
      assertThatThrownBy(() ->
              writer.publish(TestManifests.of(Scene.start(3), RunStatus.COMPLETED, artifacts)))
          .isInstanceOf(HoldfastException.class);
    }
    assertThat(repository.backups()).hasSize(1);
    requireSound();
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: two writers and a prune at once, again and again")
  void twoWritersAndAPrune() throws Exception {
    var done = new AtomicBoolean();
    try (var threads = Executors.newFixedThreadPool(3)) {
      Future<Integer> first = threads.submit(writes(repository, 10));
      Future<Integer> second = threads.submit(writes(other, 100));
      Future<Integer> prunes =
          threads.submit(() -> {
            var pruner =
                scene.repository(
                    new FaultyVault(
                        storage, BackendFault.none(), new LockOwner("third", "user", 11)));
            int runs = 0;
            for (; !done.get(); runs++) {
              prune(pruner);
            }
            return runs;
          });
      try {
        first.get();
        second.get();
      } finally {
        done.set(true);
      }
      assertThat(prunes.get()).isPositive();
    }
    prune();
    assertThat(prune().waiting().count()).isZero();
    Scene.requireWhole(repository, 24, 14, 15, 24);
    Scene.requireWhole(repository, 114, 104, 105, 114);
    requireSound();
  }

  /** Backups that rely on what the former ones stored, which are deleted as soon as they can be. */
  private static Callable<Integer> writes(VaultRepository repository, int from) {
    return () -> {
      for (int i = from; i < from + 15; i++) {
        Scene.publish(repository, i, i - 10, i - 9, i);
        Scene.requireWhole(repository, i, i - 10, i - 9, i);
        if (i > from) {
          repository.delete(Scene.run(i - 1));
        }
      }
      return from;
    };
  }
}
