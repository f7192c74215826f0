package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.testkit.repository.TestManifests;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several installations that back up into one vault, and count alike. */
class SharedVaultTest {
  @TempDir Path temporary;

  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();

  private long locks() {
    return storage.files().keySet().stream().filter(f -> f.type() == FileType.LOCK).count();
  }

  @Test
  @DisplayName("one run is taken by one of two, and by the other when that one has given it up")
  void claimed() throws IOException {
    var scene = new Scene(temporary);
    try (VaultRepository one = scene.repository(storage);
        VaultRepository other = scene.repository(storage)) {
      one.create();
      assertThat(one.claim(Scene.run(1))).isTrue();
      assertThat(other.claim(Scene.run(1))).isFalse();
      assertThat(other.claim(Scene.run(2))).isTrue();
      assertThat(locks()).isEqualTo(2);

      one.close();

      assertThat(other.claim(Scene.run(1))).isTrue();
    }
    assertThat(locks()).isZero();
  }

  @Test
  @DisplayName(
      "a name is taken by a glance at the locks before its own is there, and one look after")
  void asksNoMoreThanItMust() throws IOException {
    var scene = new Scene(temporary);
    var watched = new FaultyVault(storage, BackendFault.none());
    try (VaultRepository repository = scene.repository(watched)) {
      repository.create();
      assertThat(repository.claim(Scene.run(1))).isTrue();
      assertThat(watched.trace()).filteredOn("list locks"::equals).hasSize(3);
    }
  }

  @Test
  @DisplayName("the lock of a claim is that of the backup, which gives it back")
  void handedOver() throws IOException {
    try (VaultRepository repository = new Scene(temporary).repository(storage)) {
      repository.create();
      assertThat(repository.claim(Scene.run(1))).isTrue();
      Scene.publish(repository, 1, 1);
      assertThat(locks()).isZero();
      Scene.requireWhole(repository, 1, 1);
    }
  }

  @Test
  @DisplayName("a claim that no backup came to use keeps nobody waiting")
  void givenUp() throws IOException {
    try (VaultRepository repository = new Scene(temporary).repository(storage)) {
      repository.create();
      assertThat(repository.claim(Scene.run(1))).isTrue();

      repository.unclaim(Scene.run(1));
      repository.unclaim(Scene.run(2));

      assertThat(locks()).isZero();

      assertThat(repository.claim(Scene.run(3))).isTrue();
      assertThat(repository.claim(Scene.run(4))).isTrue();
      assertThat(locks()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("where memory runs out while a backup begins or is opened, no lock stays")
  void outOfMemory() throws IOException {
    var fails = new AtomicBoolean();
    var setting =
        new HookedVault(
            storage,
            (operation, subject, done) -> {
              if (fails.get() && subject.contains("index")) {
                throw new OutOfMemoryError("by the test");
              }
            });
    try (VaultRepository repository = new Scene(temporary).repository(setting)) {
      repository.create();
      Scene.publish(repository, 1, 1);
      assertThat(repository.claim(Scene.run(2))).isTrue();
      fails.set(true);

      assertThatThrownBy(() -> repository.begin(Scene.start(2)))
          .isInstanceOf(OutOfMemoryError.class);
      assertThatThrownBy(() -> repository.open(Scene.run(1))).isInstanceOf(OutOfMemoryError.class);

      assertThat(locks()).isZero();
    }
  }

  @Test
  @DisplayName("of many who try at once, no two take the same run")
  void atOnce() throws Exception {
    int many = 4;
    var scene = new Scene(temporary);
    var repositories = new ArrayList<VaultRepository>();
    for (int i = 0; i < many; i++) {
      repositories.add(scene.repository(storage));
      repositories.getLast().create();
    }
    try (var threads = Executors.newFixedThreadPool(many)) {
      for (int round = 1; round <= 25; round++) {
        RunId run = Scene.run(round);
        var attempts = new ArrayList<Callable<Boolean>>();
        repositories.forEach(repository -> attempts.add(() -> repository.claim(run)));
        int taken = 0;
        for (var attempt : threads.invokeAll(attempts)) {
          taken += attempt.get() ? 1 : 0;
        }
        assertThat(taken).isLessThanOrEqualTo(1);
      }
    }
    for (VaultRepository repository : repositories) {
      repository.close();
    }
    assertThat(locks()).isZero();
  }

  @Test
  @Tag("P2")
  @DisplayName("two that began under one name: the second one to publish is refused")
  void refused() throws IOException {
    var scene = new Scene(temporary);
    try (VaultRepository one = scene.repository(storage);
        VaultRepository other = scene.repository(storage)) {
      one.create();
      other.create();
      var artifacts = new HashMap<ComponentName, List<Artifact>>();
      try (BackupWriter late = Scene.write(other, 1, artifacts, 2)) {
        Scene.publish(one, 1, 1);

        assertThatThrownBy(() ->
                late.publish(TestManifests.of(Scene.start(1), RunStatus.COMPLETED, artifacts)))
            .isInstanceOfSatisfying(
                HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NAME_TAKEN));
      }
      assertThat(other.list()).hasSize(1);
      Scene.requireWhole(other, 1, 1);
    }
  }

  private static BackupStart start(int sequence, Trigger trigger, String installation) {
    return new BackupStart(
        Scene.run(sequence),
        new BackupId(String.format("%012x", sequence)),
        trigger,
        Compression.ZSTD,
        Optional.of(new InstallationName(installation)));
  }

  private static void publish(VaultRepository repository, BackupStart start) throws IOException {
    try (BackupWriter writer = repository.begin(start)) {
      writer.component(Scene.ALPHA, new io.holdfast.engine.run.Cancellation(), b -> {}).close();
      writer.verify(new io.holdfast.engine.run.Cancellation(), b -> {});
      writer.publish(
          TestManifests.of(start, RunStatus.COMPLETED, java.util.Map.of(Scene.ALPHA, List.of())));
    }
  }

  @Test
  @DisplayName("restic forgets by installation, as by host, and tells triggers by their tags")
  void restic() throws Exception {
    ResticProgram.assumeInstalled();
    var scene = new Scene(temporary);
    try (VaultRepository repository = scene.repository(storage)) {
      repository.create();
      publish(repository, start(1, Trigger.SCHEDULED, "ada"));
      publish(repository, start(2, Trigger.SCHEDULED, "bob"));
      publish(repository, start(3, Trigger.PRE_UPDATE, "bob"));
    }
    ResticProgram restic = scene.restic(storage);

    restic.run("check", "--read-data");
    assertThat(restic.run("snapshots", "--json", "--tag", "trigger:pre_update"))
        .contains("run:" + Scene.run(3))
        .doesNotContain("run:" + Scene.run(2));
    assertThat(restic.run("snapshots", "--json", "--tag", "installation:ada"))
        .contains("run:" + Scene.run(1))
        .doesNotContain("run:" + Scene.run(2));
    restic.run("forget", "--host", "bob", "--keep-tag", "trigger:pre_update");
    assertThat(restic.run("snapshots", "--json"))
        .contains("run:" + Scene.run(1), "run:" + Scene.run(3))
        .doesNotContain("run:" + Scene.run(2));
  }
}
