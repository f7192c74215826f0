package io.holdfast.vault.backend;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.contract.BackendContract;
import io.holdfast.vault.backend.local.LocalBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** A decorator before a backend is a backend like any other. */
class DecoratorContractTest {
  /** Decorators stand before a directory, which can hold what is foreign. */
  abstract static class OverDirectory extends BackendContract {
    @TempDir Path directory;

    abstract Backend decorate(Backend inner);

    @Override
    protected Backend open() {
      return decorate(
          new LocalBackend(
              PosixFileLayer.create(),
              FilePath.of(directory).resolve("vault"),
              new SecureRandom()));
    }

    @Override
    public void putForeign(FileType type, String name) throws Exception {
      Files.writeString(directory.resolve("vault").resolve(type.word()).resolve(name), "foreign");
    }
  }

  @Nested
  @DisplayName("counting")
  class Counting extends OverDirectory {
    @Override
    Backend decorate(Backend inner) {
      return new CountingBackend(inner);
    }
  }

  @Nested
  @DisplayName("trying again")
  class Retrying extends OverDirectory {
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
  class Faulty extends OverDirectory {
    @Override
    Backend decorate(Backend inner) {
      return new FaultyBackend(inner, BackendFault.none());
    }
  }

  @Nested
  @DisplayName("one upon the other")
  class Stacked extends OverDirectory {
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
