package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.Backoff;
import io.holdfast.vault.backend.HookedBackend;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.RetryListener;
import io.holdfast.vault.backend.RetryingBackend;
import io.holdfast.vault.backend.Waiter;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** A vault in memory around whose operations a test does what it likes; can be cancelled. */
record HookedVault(MemoryBackend.Storage storage, HookedBackend.Hook hook) implements VaultSetting {
  @Override
  public String location() {
    return "memory";
  }

  @Override
  public Optional<FilePath> place() {
    return Optional.empty();
  }

  @Override
  public LockOwner owner() {
    return new LockOwner("host", "user", ProcessHandle.current().pid());
  }

  @Override
  public int level() {
    return 1;
  }

  @Override
  public Vault open(boolean create) throws IOException {
    if (create) {
      new FaultyVault(storage, BackendFault.none()).open(true).close();
    }
    var once = new Backoff(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
    var backend =
        new RetryingBackend(
            new HookedBackend(new MemoryBackend(storage), hook),
            once,
            new Cancellation(),
            Waiter.real(),
            new Random(1),
            RetryListener.none());
    return VaultAccess.open(backend, FaultyVault.PASSWORD.getBytes(UTF_8), new SecureRandom())
        .orElseThrow();
  }
}
