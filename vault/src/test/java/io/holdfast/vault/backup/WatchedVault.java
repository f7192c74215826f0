package io.holdfast.vault.backup;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.WatchedBackend;
import io.holdfast.vault.lock.LockOwner;

/** A vault in memory, over a backend that tells a test of every operation. */
final class WatchedVault extends QuickVault {
  private final MemoryBackend.Storage storage;
  private final WatchedBackend.Before before;

  WatchedVault(MemoryBackend.Storage storage, LockOwner owner, WatchedBackend.Before before) {
    super(PASSWORD, owner);
    this.storage = storage;
    this.before = before;
  }

  @Override
  protected Backend maker() {
    return new MemoryBackend(storage);
  }

  @Override
  protected Backend backend(Cancellation cancellation) {
    return new WatchedBackend(new MemoryBackend(storage), before);
  }
}
