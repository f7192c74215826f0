package io.holdfast.store.sqlite;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stops a stepwise backup: a second connection to its source, which takes an exclusive lock, so
 * that the next step fails as busy and the destination is rolled back. The source must be in
 * rollback mode and nobody else's. Used by the thread that runs the backup.
 */
final class Brake implements AutoCloseable {
  private final Database source;
  private @Nullable Throwable failure;

  Brake(Database source) {
    this.source = source;
  }

  /**
   * Stops the backup before its next step.
   *
   * @param why whatever it was, an {@link Error} too: the driver drops what an observer throws, and
   *     would go on and commit
   */
  void pull(Throwable why) {
    if (failure == null) {
      failure = why;
      source.execute("BEGIN EXCLUSIVE");
    }
  }

  /** Throws why the backup was stopped, if it was. */
  void check() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IOException(failure);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
