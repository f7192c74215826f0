package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.DataPart;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.WatchedBackend;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Those who look through a vault, while somebody prunes it and removes backups and passwords. */
class VaultLookBesideTest {
  @TempDir Path temporary;

  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();
  private final AtomicReference<WatchedBackend.Before> meanwhile =
      new AtomicReference<>(operation -> {});
  private VaultRepository other;
  private VaultRepository repository;

  /** What looks through a whole vault; fails if it finds fault with it. */
  private enum Look {
    CHECK {
      @Override
      void at(VaultRepository repository) throws IOException {
        assertThat(repository.checkStructure(new Cancellation())).isEmpty();
      }
    },
    READ_DATA {
      @Override
      void at(VaultRepository repository) throws IOException {
        var checks = repository.dataChecks().orElseThrow();
        assertThat(checks.check(DataPart.ALL, new Cancellation(), bytes -> {}).problems())
            .isEmpty();
      }
    },
    STATS {
      @Override
      void at(VaultRepository repository) throws IOException {
        var stats = repository.maintenance().orElseThrow().stats(new Cancellation());
        assertThat(stats.backups()).isPositive();
      }
    },
    DRY_RUN {
      @Override
      void at(VaultRepository repository) throws IOException {
        var outcome =
            repository
                .maintenance()
                .orElseThrow()
                .prune(UnusedLimit.DEFAULT, true, new Cancellation(), bytes -> {});
        assertThat(outcome.dryRun()).isTrue();
      }
    };

    abstract void at(VaultRepository repository) throws IOException;

    private static void prune(VaultRepository repository) throws IOException {
      repository
          .maintenance()
          .orElseThrow()
          .prune(UnusedLimit.DEFAULT, false, new Cancellation(), bytes -> {});
    }
  }

  @BeforeEach
  void vault() throws IOException {
    var scene = new Scene(temporary);
    other = scene.repository(new FaultyVault(storage, BackendFault.none()));
    other.create();
    other.prepare();
    Scene.publish(other, 1, 1, 2);
    Scene.publish(other, 2, 3, 4);
    repository =
        scene.repository(
            new WatchedVault(
                storage,
                new LockOwner("elsewhere", "user", 1),
                operation -> meanwhile.get().operation(operation)));
    assertThat(repository.backups()).hasSize(2);
  }

  private long locks() {
    return storage.files().keySet().stream().filter(file -> file.type() == FileType.LOCK).count();
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void aPruneAtAnyMomentHarmsNone(Look look) throws IOException {
    var operations = new AtomicInteger();
    // At which operation the prune comes; the more, the later.
    for (int at = 1; at <= 1 + operations.get(); at++) {
      int now = at;
      operations.set(0);
      Scene.publish(other, 10 + at, 3, 10 + at);
      other.delete(Scene.run(10 + at));
      meanwhile.set(operation -> {
        if (operations.incrementAndGet() == now) {
          Look.prune(other);
        }
      });

      look.at(repository);

      meanwhile.set(operation -> {});
      assertThat(locks()).isZero();
    }
  }

  @Test
  @DisplayName("a backup is not shown as corrupt because a prune moved it while it was looked at")
  void aBackupThatMovesIsNoDamage() throws IOException {
    // So many that a prune merges their packs.
    for (int sequence = 10; sequence < 50; sequence++) {
      Scene.publish(other, sequence, 1);
    }
    var index = repository.index();
    meanwhile.set(operation -> {
      if (operation.startsWith("read data")) {
        meanwhile.set(later -> {});
        Look.prune(other);
        Look.prune(other);
      }
    });

    assertThat(index.entry(Scene.run(20))).isInstanceOf(BackupEntry.Readable.class);
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void aBackupThatGoesIsNoDamage(Look look) throws IOException {
    meanwhile.set(operation -> {
      if (operation.startsWith("read snapshots")) {
        meanwhile.set(later -> {});
        other.delete(Scene.run(1));
      }
    });
    look.at(repository);
  }

  @Test
  void aPasswordThatGoesIsNoDamage() throws IOException {
    String key = other.keys().orElseThrow().add("another".getBytes(UTF_8));
    meanwhile.set(operation -> {
      if (operation.equals("read keys/" + key)) {
        meanwhile.set(later -> {});
        other.keys().orElseThrow().remove(key);
      }
    });
    Look.CHECK.at(repository);
    assertThat(other.keys().orElseThrow().list()).hasSize(1);
  }
}
