package io.holdfast.vault.backup;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Backoff;
import io.holdfast.vault.backend.HookedBackend;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.RetryListener;
import io.holdfast.vault.backend.RetryingBackend;
import io.holdfast.vault.backend.Waiter;
import java.time.Duration;
import java.util.Random;

/** A vault in memory around whose operations a test does what it likes; can be cancelled. */
final class HookedVault extends QuickVault {
  private final MemoryBackend.Storage storage;
  private final HookedBackend.Hook hook;

  HookedVault(MemoryBackend.Storage storage, HookedBackend.Hook hook) {
    this.storage = storage;
    this.hook = hook;
  }

  @Override
  protected Backend maker() {
    return new MemoryBackend(storage);
  }

  @Override
  protected Backend backend(Cancellation cancellation) {
    var once = new Backoff(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
    return new RetryingBackend(
        new HookedBackend(new MemoryBackend(storage), hook),
        once,
        new Cancellation(),
        Waiter.real(),
        new Random(1),
        RetryListener.none());
  }
}
