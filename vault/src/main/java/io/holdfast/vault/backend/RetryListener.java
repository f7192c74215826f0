package io.holdfast.vault.backend;

import java.time.Duration;

/** Is told of every failure that is tried again, on the thread that will; must be quick. */
@FunctionalInterface
public interface RetryListener {
  /**
   * @param failure which says what failed, and where
   * @param failures how many there were by now in this operation
   * @param pause until it is tried again
   */
  void retrying(BackendException failure, int failures, Duration pause);

  /** Nobody. */
  static RetryListener none() {
    return (failure, failures, pause) -> {};
  }
}
