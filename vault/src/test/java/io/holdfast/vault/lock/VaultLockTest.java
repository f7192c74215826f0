package io.holdfast.vault.lock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A lock that is put anew, and one that somebody takes away. */
class VaultLockTest {
  private final Vault vault = vault();
  private final VaultLocks locks =
      new VaultLocks(vault, new LockOwner("host", "user", 1), Clock.systemUTC(), pid -> pid == 1);

  private static Vault vault() {
    try {
      return VaultAccess.create(
          new MemoryBackend(),
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
  void aBackupKnowsOfAPruneBesideIt() throws IOException {
    try (VaultLock backup = locks.share(LockRole.BACKUP)) {
      assertThat(backup.isBesidePrune()).isFalse();
      try (VaultLock prune = locks.prune()) {
        assertThat(backup.isBesidePrune()).isTrue();
        assertThat(locks.others(prune))
            .extracting(HeldLock::role)
            .containsExactly(java.util.Optional.of(LockRole.BACKUP));
      }
      assertThat(backup.isBesidePrune()).isFalse();
    }
  }
}
