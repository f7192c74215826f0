package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.PruneOutcome;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.testkit.repository.TestManifests;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.BackendCrash;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups that rely on packs whose fate changed several times before. */
class VaultPruneRelianceTest {
  private static final LockOwner FIRST = new LockOwner("first", "user", 7);
  private static final LockOwner SECOND = new LockOwner("second", "user", 8);

  @TempDir Path temporary;

  private Scene scene;
  private MemoryBackend.Storage storage;
  private VaultRepository repository;
  private FilePath state;

  @BeforeEach
  void aVault() throws IOException {
    scene = new Scene(temporary);
    begin();
  }

  private void begin() throws IOException {
    storage = new MemoryBackend.Storage();
    state = scene.newState();
    repository = scene.repository(new FaultyVault(storage, BackendFault.none()), state);
    repository.create();
    repository.prepare();
    Scene.publish(repository, 1, 1, 2);
  }

  private VaultRepository repository(LockOwner owner) throws IOException {
    var other = scene.repository(new FaultyVault(storage, BackendFault.none(), owner));
    other.create();
    other.prepare();
    return other;
  }

  private static PruneOutcome prune(VaultRepository repository) throws IOException {
    return repository
        .maintenance()
        .orElseThrow()
        .prune(UnusedLimit.DEFAULT, false, new Cancellation(), bytes -> {});
  }

  private static void publish(
      BackupWriter writer, int sequence, HashMap<ComponentName, List<Artifact>> artifacts)
      throws IOException {
    writer.publish(TestManifests.of(Scene.start(sequence), RunStatus.COMPLETED, artifacts));
  }

  /** A pack that was marked while nothing named it, is named, and needed by nothing any more. */
  private void aMarkThatIsOutOfDate() throws IOException {
    var artifacts = new HashMap<ComponentName, List<Artifact>>();
    try (BackupWriter writer = Scene.write(repository(FIRST), 3, artifacts, 5)) {
      assertThat(prune(repository).waiting().count()).isPositive();
      publish(writer, 3, artifacts);
    }
    repository.delete(Scene.run(3));
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: a mark from before a pack was named takes it from nobody who read the name")
  void aPackThatWasNamedSinceItWasMarked() throws Exception {
    aMarkThatIsOutOfDate();
    var artifacts = new HashMap<ComponentName, List<Artifact>>();
    try (BackupWriter writer = Scene.write(repository(SECOND), 4, artifacts, 5)) {
      PruneOutcome outcome = prune(repository);

      assertThat(outcome.deleted().count()).isZero();
      assertThat(outcome.waitingFor()).isEqualTo(1);
      publish(writer, 4, artifacts);
    }
    Scene.requireWhole(repository, 4, 5);
    prune(repository);
    assertThat(prune(repository).waiting().count()).isZero();
    Scene.requireWhole(repository, 4, 5);
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: nor if the prune that hid it once more died, wherever it did")
  void aPruneThatDiedAfterIt() throws Exception {
    boolean struck = true;
    for (long k = 1; struck; k++) {
      begin();
      aMarkThatIsOutOfDate();
      var artifacts = new HashMap<ComponentName, List<Artifact>>();
      try (BackupWriter writer = Scene.write(repository(SECOND), 4, artifacts, 5)) {
        var setting = new FaultyVault(storage, BackendFault.crashAfter(k).countingMutating());
        try (var dying = scene.repository(setting, state)) {
          prune(dying);
        } catch (BackendCrash | IOException died) {
          // Its lock stays.
        }
        struck = setting.struck();
        storage.files().keySet().removeIf(file -> isLockOf(file, setting));

        prune(repository);

        publish(writer, 4, artifacts);
      }
      Scene.requireWhole(repository, 4, 5);
    }
  }

  /** A lock that whoever died has written. */
  private static boolean isLockOf(FileId file, FaultyVault setting) {
    return file.type() == FileType.LOCK && setting.trace().contains("write " + file);
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: while there is a lock that cannot be read, nothing is removed")
  void aLockThatCannotBeRead() throws Exception {
    Scene.publish(repository, 3, 5);
    repository.delete(Scene.run(3));
    var appears = new AtomicBoolean(true);
    try (Vault vault = new FaultyVault(storage, BackendFault.none()).open(false)) {
      var pruner =
          scene.repository(
              new WatchedVault(
                  storage,
                  FIRST,
                  operation -> {
                    // It was whole when the prune began.
                    if (operation.equals("list data") && appears.getAndSet(false)) {
                      vault.writeDocument(FileType.LOCK, "{}".getBytes(UTF_8));
                    }
                  }),
              state);

      PruneOutcome outcome = prune(pruner);

      assertThat(outcome.deleted().count()).isZero();
      assertThat(outcome.waiting().count()).isPositive();
      assertThat(outcome.waitingFor()).isEqualTo(1);
    }
    repository.maintenance().orElseThrow().unlock(true);
    assertThat(prune(repository).deleted().count()).isPositive();
    Scene.requireWhole(repository, 1, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("P3")
  @DisplayName("P3: a backup is not published if a pack that it relies on was removed all the same")
  void aPackThatIsGone(boolean late) throws Exception {
    var before = new HashSet<>(storage.files().keySet());
    Scene.publish(repository, 3, 5);
    Set<FileId> gone = new HashSet<>(storage.files().keySet());
    gone.removeAll(before);
    var now = new AtomicBoolean();
    var backup =
        scene.repository(
            new WatchedVault(
                storage,
                SECOND,
                operation -> {
                  if (late && now.get() && operation.startsWith("write snapshots")) {
                    storage.files().keySet().removeAll(gone);
                  }
                }));
    backup.create();
    backup.prepare();
    var artifacts = new HashMap<ComponentName, List<Artifact>>();
    try (BackupWriter writer = Scene.write(backup, 4, artifacts, 5, 6)) {
      if (!late) {
        storage.files().keySet().removeAll(gone);
      }
      now.set(true);

      assertThatThrownBy(() -> publish(writer, 4, artifacts))
          .isInstanceOfSatisfying(
              HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED))
          .hasMessageContaining("removed the pack");
    }
    now.set(false);
    assertThat(repository.backups()).hasSize(1);
    Scene.publish(backup, 5, 5, 6);
    Scene.requireWhole(repository, 5, 5, 6);
  }

  @Test
  @Timeout(60)
  @Tag("P3")
  @DisplayName("P3: where one copy of a chunk is lost, the other one stays for a backup beside")
  void aCopyOfWhatIsLost() throws Exception {
    ContentId lost = twoCopiesOneLost();
    var published = new CountDownLatch(1);
    var looked = new CountDownLatch(1);
    var prune = new AtomicReference<Future<PruneOutcome>>();
    var pruner =
        scene.repository(
            new WatchedVault(
                storage,
                FIRST,
                operation -> {
                  // It has read the snapshots, and the backup is not among them.
                  if (operation.equals("list index")) {
                    looked.countDown();
                    await(published);
                  }
                }));
    try (var threads = Executors.newSingleThreadExecutor()) {
      var backup =
          scene.repository(
              new WatchedVault(
                  storage,
                  SECOND,
                  operation -> {
                    // It has seen that nobody prunes.
                    if (operation.startsWith("write snapshots")) {
                      prune.set(threads.submit(() -> prune(pruner)));
                      await(looked);
                    }
                  }));
      backup.create();
      backup.prepare();
      try {
        Scene.publish(backup, 5, 7);
      } finally {
        published.countDown();
      }
      assertThat(prune.get().get().waitingFor()).isZero();
    }
    assertThat(storage.files()).doesNotContainKey(FileId.of(FileType.PACK, lost));
    Scene.requireWhole(repository, 5, 7);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Two backups stored the same at once, and are gone; the copy that is told of first is lost. */
  private ContentId twoCopiesOneLost() throws IOException {
    var one = new HashMap<ComponentName, List<Artifact>>();
    var two = new HashMap<ComponentName, List<Artifact>>();
    try (BackupWriter first = Scene.write(repository, 3, one, 7);
        BackupWriter second = Scene.write(repository(FIRST), 4, two, 7)) {
      publish(first, 3, one);
      publish(second, 4, two);
    }
    repository.delete(Scene.run(3));
    repository.delete(Scene.run(4));
    try (Vault vault = new FaultyVault(storage, BackendFault.none()).open(false)) {
      BlobIndex index = vault.readIndex(new Cancellation());
      for (int place = 0; place < index.size(); place++) {
        if (index.typeAt(place) == BlobType.DATA && index.twins(place).length > 1) {
          ContentId pack = index.pack(index.packOf(place));
          storage.files().remove(FileId.of(FileType.PACK, pack));
          return pack;
        }
      }
    }
    throw new AssertionError("no chunk lies twice");
  }
}
