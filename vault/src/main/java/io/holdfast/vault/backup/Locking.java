package io.holdfast.vault.backup;

import io.holdfast.vault.Vault;
import io.holdfast.vault.lock.VaultLocks;

/** How to get at the locks of a vault. Thread-safe. */
@FunctionalInterface
interface Locking {
  VaultLocks of(Vault vault);
}
