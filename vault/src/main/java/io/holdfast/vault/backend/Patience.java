package io.holdfast.vault.backend;

import java.time.Duration;

/**
 * How patiently each operation is tried again.
 *
 * @param questions for what is asked first, or by somebody who waits: whether there is something,
 *     and what
 * @param transfers for what is read, written or removed while work is under way
 */
public record Patience(Backoff questions, Backoff transfers) {
  /** A quarter of a minute for questions; for transfers as {@link Backoff#standard}. */
  public static Patience standard() {
    return new Patience(
        new Backoff(10, Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(15)),
        Backoff.standard());
  }

  /** The same for all. */
  public static Patience of(Backoff backoff) {
    return new Patience(backoff, backoff);
  }

  /** For an operation. */
  Backoff of(Operation operation) {
    return switch (operation) {
      case CREATE, SIZE, LIST -> questions;
      case READ, WRITE, DELETE -> transfers;
    };
  }
}
