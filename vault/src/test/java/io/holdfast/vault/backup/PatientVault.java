package io.holdfast.vault.backup;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Backoff;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.RetryListener;
import io.holdfast.vault.backend.RetryingBackend;
import io.holdfast.vault.backend.Waiter;
import java.time.Duration;
import java.util.Random;

/** A vault in memory behind a backend that tries again for as long as nobody cancels. */
final class PatientVault extends QuickVault {
  private final MemoryBackend.Storage storage;
  private final Backend backend;
  private final Waiter waiter;

  /**
   * @param storage where it is made
   * @param backend what is between that and the vault
   */
  PatientVault(MemoryBackend.Storage storage, Backend backend, Waiter waiter) {
    this.storage = storage;
    this.backend = backend;
    this.waiter = waiter;
  }

  @Override
  protected Backend maker() {
    return new MemoryBackend(storage);
  }

  @Override
  protected Backend backend(Cancellation cancellation) {
    return new RetryingBackend(
            backend,
            new Backoff(1000, Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(100)),
            new Cancellation(),
            waiter,
            new Random(1),
            RetryListener.none())
        .insistingUntil(cancellation);
  }
}
