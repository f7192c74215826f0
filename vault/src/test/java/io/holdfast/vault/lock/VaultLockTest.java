package io.holdfast.vault.lock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FaultyBackend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.WatchedBackend;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A lock that is put anew, and one that somebody takes away. */
class VaultLockTest {
  private final Vault vault = vault();
  private final VaultLocks locks =
      new VaultLocks(vault, new LockOwner("host", "user", 1), Clock.systemUTC(), pid -> pid == 1);

  private static LockOwner owner(long started) {
    return new LockOwner("host", "user", 1, started);
  }

  /** In which nothing is removed as long as that is set. */
  private static Vault vault(AtomicBoolean fails) {
    return vault(
        new WatchedBackend(
            new MemoryBackend(),
            operation -> {
              if (fails.get() && operation.startsWith("delete")) {
                throw new BackendException(
                    "delete", "a lock", BackendException.Reason.TRANSIENT, "injected");
              }
            }));
  }

  private static Vault vault() {
    return vault(new MemoryBackend());
  }

  private static Vault vault(Backend backend) {
    try {
      return VaultAccess.create(
          backend,
          "secret".getBytes(UTF_8),
          new ScryptParameters(2, 1, 1),
          new KeyFile.Origin("", "", Instant.EPOCH),
          new SecureRandom());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void isPutAnewAndStaysTheSame() throws IOException {
    try (VaultLock lock = locks.share(LockRole.BACKUP)) {
      HeldLock before = locks.list().held().getFirst();

      lock.renew();

      HeldLock after = locks.list().held().getFirst();
      assertThat(locks.list().held()).hasSize(1);
      assertThat(after.id()).isNotEqualTo(before.id());
      assertThat(after.holder()).isEqualTo(before.holder());
      assertThat(after.role()).contains(LockRole.BACKUP);
      lock.require();
    }
    assertThat(locks.list().held()).isEmpty();
  }

  @Test
  void puttingItAnewDoesNotHideThatItWasTakenAway() throws IOException {
    try (VaultLock lock = locks.share(LockRole.BACKUP)) {
      assertThat(locks.unlock(true)).hasSize(1);

      lock.renew();

      assertThat(locks.list().held()).isEmpty();
      assertThatThrownBy(lock::require).isInstanceOf(HoldfastException.class);
    }
  }

  @Test
  void givingItBackIsTriedAgain() throws IOException {
    var fails = new AtomicBoolean(true);
    Vault failing = vault(fails);
    var here = new VaultLocks(failing, owner(0), Clock.systemUTC(), pid -> true);
    VaultLock lock = here.share(LockRole.BACKUP);
    assertThatThrownBy(lock::close).isInstanceOf(BackendException.class);
    assertThat(here.list().held()).hasSize(1);
    // As its renewal does.
    assertThatThrownBy(lock::renew).isInstanceOf(BackendException.class);
    assertThat(here.list().held()).hasSize(1);
    fails.set(false);
    lock.renew();
    assertThat(here.list().held()).isEmpty();
    lock.close();

    fails.set(true);
    VaultLock again = here.share(LockRole.BACKUP);
    assertThatThrownBy(again::close).isInstanceOf(BackendException.class);
    fails.set(false);
    again.close();
    assertThat(here.list().held()).isEmpty();
  }

  @Test
  void aFileThatCouldNotBeRemovedWhenItWasPutAnewGoesLater() throws IOException {
    var fails = new AtomicBoolean(true);
    Vault failing = vault(fails);
    var here = new VaultLocks(failing, owner(0), Clock.systemUTC(), pid -> true);
    try (VaultLock lock = here.share(LockRole.BACKUP)) {
      assertThatThrownBy(lock::renew).isInstanceOf(BackendException.class);
      assertThat(here.list().held()).hasSize(2).allMatch(held -> lock.is(held.id()));
      lock.require();
      fails.set(false);
    }
    assertThat(here.list().held()).isEmpty();
  }

  @Test
  void aPutWhoseAnswerIsLostLeavesNothing() throws IOException {
    var storage = new MemoryBackend.Storage();
    var lost = BackendFault.failAfter(4, BackendException.Reason.TRANSIENT).countingMutating();
    // The place, the key and the config came before.
    try (Vault failing = vault(new FaultyBackend(new MemoryBackend(storage), lost))) {
      var here = new VaultLocks(failing, owner(0), Clock.systemUTC(), pid -> true);
      assertThatThrownBy(() -> here.share(LockRole.BACKUP)).isInstanceOf(BackendException.class);
      assertThat(here.list().held()).isEmpty();
    }
  }

  @Test
  void theLockOfAnotherProcessOfTheSameNumberDiesWhenNobodyRenewsIt() throws IOException {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    var before = new VaultLocks(vault, owner(11), Clock.fixed(now, ZoneOffset.UTC), pid -> true);
    var sooner = Clock.fixed(now.plusSeconds(1700), ZoneOffset.UTC);
    var later = Clock.fixed(now.plusSeconds(1900), ZoneOffset.UTC);
    try (VaultLock prune = before.prune()) {
      HeldLock held = before.list().held().getFirst();
      assertThat(new VaultLocks(vault, owner(12), sooner, pid -> true).isDead(held)).isFalse();
      assertThat(new VaultLocks(vault, owner(12), later, pid -> true).isDead(held)).isTrue();
      // Its own, of which a clock says nothing.
      assertThat(new VaultLocks(vault, owner(11), later, pid -> true).isDead(held)).isFalse();

      new VaultLocks(vault, owner(12), later, pid -> true).prune().close();
      prune.require();
    }
  }

  @Test
  void oneThatCannotBeReadMayBeAnybodys() throws IOException {
    try (VaultLock prune = locks.prune()) {
      var damaged = vault.writeDocument(FileType.LOCK, "{}".getBytes(UTF_8));
      assertThat(locks.others(prune).unreadable()).containsExactly(damaged);
    }
    locks.unlock(true);
  }

  @Test
  void aBackupKnowsOfAPruneBesideIt() throws IOException {
    try (VaultLock backup = locks.share(LockRole.BACKUP)) {
      assertThat(backup.isBesidePrune()).isFalse();
      try (VaultLock prune = locks.prune()) {
        assertThat(backup.isBesidePrune()).isTrue();
        assertThat(locks.others(prune).held())
            .extracting(HeldLock::role)
            .containsExactly(java.util.Optional.of(LockRole.BACKUP));
      }
      assertThat(backup.isBesidePrune()).isFalse();
    }
  }
}
