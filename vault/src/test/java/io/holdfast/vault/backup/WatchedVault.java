package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FilePath;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.WatchedBackend;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;

/** A vault of {@link FaultyVault}'s, over a backend that tells a test of every operation. */
record WatchedVault(MemoryBackend.Storage storage, LockOwner owner, WatchedBackend.Before before)
    implements VaultSetting {
  @Override
  public String location() {
    return "memory";
  }

  @Override
  public Optional<FilePath> place() {
    return Optional.empty();
  }

  @Override
  public int level() {
    return 1;
  }

  @Override
  public Vault open(boolean create) throws IOException {
    return VaultAccess.open(
            new WatchedBackend(new MemoryBackend(storage), before),
            FaultyVault.PASSWORD.getBytes(UTF_8),
            new SecureRandom())
        .orElseThrow();
  }
}
