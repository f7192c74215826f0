package io.holdfast.vault.backend;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.contract.BackendContract;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** A decorator before a backend is a backend like any other. */
class DecoratorContractTest {
  abstract static class OverMemory extends BackendContract {
    private final MemoryBackend.Storage storage = new MemoryBackend.Storage();

    abstract Backend decorate(Backend inner);

    @Override
    protected Backend open() {
      return decorate(new MemoryBackend(storage));
    }

    /** Memory holds nothing but files of vaults. */
    @Override
    public void putForeign(FileType type, String name) {}
  }

  @Nested
  @DisplayName("counting")
  class Counting extends OverMemory {
    @Override
    Backend decorate(Backend inner) {
      return new CountingBackend(inner);
    }
  }

  @Nested
  @DisplayName("trying again")
  class Retrying extends OverMemory {
    @Override
    Backend decorate(Backend inner) {
      return new RetryingBackend(
          inner,
          Backoff.standard(),
          new Cancellation(),
          Waiter.real(),
          new Random(),
          RetryListener.none());
    }
  }

  @Nested
  @DisplayName("faulty, with no fault planned")
  class Faulty extends OverMemory {
    @Override
    Backend decorate(Backend inner) {
      return new FaultyBackend(inner, BackendFault.none());
    }
  }

  @Nested
  @DisplayName("one upon the other")
  class Stacked extends OverMemory {
    @Override
    Backend decorate(Backend inner) {
      return new CountingBackend(
          new RetryingBackend(
              new CountingBackend(new FaultyBackend(inner, BackendFault.none())),
              Backoff.standard(),
              new Cancellation(),
              Waiter.real(),
              new Random(),
              RetryListener.none()));
    }
  }
}
