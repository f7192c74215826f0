package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.PruneOutcome;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.testkit.repository.TestManifests;
import io.holdfast.vault.backend.BackendCrash;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.Operation;
import io.holdfast.vault.lock.LockOwner;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fault at every operation of the storage, while a vault is pruned. */
class VaultPruneFaultTest {
  /** Of a machine whose processes cannot be seen from here: its locks are not those of a dead. */
  private static final LockOwner ELSEWHERE = new LockOwner("elsewhere", "user", 7);

  @TempDir Path temporary;

  private final MemoryBackend.Storage pristine = new MemoryBackend.Storage();
  private Scene scene;

  private enum Fault {
    FAILS_BEFORE(k -> BackendFault.failBefore(k, Reason.OTHER)),
    FAILS_AFTER(k -> BackendFault.failAfter(k, Reason.TRANSIENT)),
    FULL_FOR_GOOD(k -> BackendFault.failBefore(k, Reason.FULL).forGood()),
    DIES_BEFORE(BackendFault::crashBefore),
    DIES_AFTER(BackendFault::crashAfter);

    private final LongFunction<BackendFault> plan;

    Fault(LongFunction<BackendFault> plan) {
      this.plan = plan;
    }
  }

  @BeforeEach
  void somethingToRemoveAndToMove() throws IOException {
    scene = new Scene(temporary);
    try (var repository = scene.repository(pristine)) {
      repository.create();
      repository.prepare();
      Scene.publish(repository, 1, 1, 2);
      Scene.publish(repository, 2, 1, 3, 4);
      Scene.publish(repository, 3, 2, 4, 5);
      Scene.publish(repository, 4, 6);
      repository.delete(Scene.run(2));
      repository.delete(Scene.run(4));
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  @Tag("P1")
  @Tag("P3")
  @DisplayName("P1 P3: whenever a prune fails or dies, all backups are whole, and the next ends it")
  void everyOperation(Fault fault) throws Exception {
    int failed = 0;
    boolean struck = true;
    for (long k = 1; struck; k++) {
      MemoryBackend.Storage storage = pristine.copy();
      var setting = new FaultyVault(storage, fault.plan.apply(k), ELSEWHERE);
      try (var repository = scene.repository(setting)) {
        prune(repository);
      } catch (IOException | RuntimeException | BackendCrash expected) {
        failed++;
      }
      struck = setting.struck();
      String where = fault + " at " + k;
      try (var after = scene.repository(storage)) {
        requireSound(after, where);
        if (fault == Fault.DIES_AFTER && changed(setting)) {
          ResticProgram.assumeInstalled();
          scene.restic(storage).run("check", "--read-data", "--no-lock");
        }
        // It died elsewhere, and only people can know that.
        after.maintenance().orElseThrow().unlock(true);
        prune(after);
        requireSound(after, where);
        assertThat(prune(after).deleted().count()).as(where).isZero();
        after.create();
        after.prepare();
        Scene.publish(after, 5, 3, 5, 6);
        Scene.requireWhole(after, 5, 3, 5, 6);
      }
    }
    assertThat(failed).isGreaterThan(15);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  @Tag("P1")
  @Tag("P3")
  @DisplayName("P1 P3: whenever a prune fails or dies beside a backup, the backup is whole")
  void besideABackup(Fault fault) throws Exception {
    boolean struck = true;
    for (long k = 1; struck; k++) {
      String where = fault + " at " + k;
      boolean changed;
      MemoryBackend.Storage storage = pristine.copy();
      try (var writing = scene.repository(storage)) {
        writing.create();
        writing.prepare();
        Scene.publish(writing, 6, 3, 4);
        var artifacts = new HashMap<ComponentName, List<Artifact>>();
        try (BackupWriter writer = Scene.write(writing, 7, artifacts, 3, 4, 7)) {
          // What it relies on nothing else needs any more.
          writing.delete(Scene.run(6));
          var setting = new FaultyVault(storage, fault.plan.apply(k), ELSEWHERE);
          try (var repository = scene.repository(setting)) {
            prune(repository);
          } catch (IOException | RuntimeException | BackendCrash expected) {
            // Whatever became of it, the backup goes on.
          }
          struck = setting.struck();
          changed = changed(setting);
          writer.publish(TestManifests.of(Scene.start(7), RunStatus.COMPLETED, artifacts));
        }
        Scene.requireWhole(writing, 7, 3, 4, 7);
      }
      try (var after = scene.repository(storage)) {
        assertThat(after.checkStructure(new Cancellation())).as(where).isEmpty();
        after.maintenance().orElseThrow().unlock(true);
        prune(after);
        assertThat(prune(after).waiting().count()).as(where).isZero();
        Scene.requireWhole(after, 1, 1, 2);
        Scene.requireWhole(after, 3, 2, 4, 5);
        Scene.requireWhole(after, 7, 3, 4, 7);
        assertThat(after.checkStructure(new Cancellation())).as(where).isEmpty();
      }
      if (fault == Fault.DIES_AFTER && changed) {
        ResticProgram.assumeInstalled();
        scene.restic(storage).run("check", "--read-data");
      }
    }
  }

  /** Whether the operation that was struck has left something else than the one before. */
  private static boolean changed(FaultyVault setting) {
    String last = setting.trace().getLast();
    return last.startsWith(Operation.WRITE.word()) || last.startsWith(Operation.DELETE.word());
  }

  private static void requireSound(VaultRepository repository, String where) throws IOException {
    assertThat(repository.list().stream().map(BackupEntry::runId))
        .as(where)
        .containsExactly(Scene.run(3), Scene.run(1));
    Scene.requireWhole(repository, 1, 1, 2);
    Scene.requireWhole(repository, 3, 2, 4, 5);
    assertThat(repository.checkStructure(new Cancellation())).as(where).isEmpty();
  }

  private static PruneOutcome prune(VaultRepository repository) throws IOException {
    return repository
        .maintenance()
        .orElseThrow()
        .prune(UnusedLimit.DEFAULT, false, new Cancellation(), bytes -> {});
  }
}
