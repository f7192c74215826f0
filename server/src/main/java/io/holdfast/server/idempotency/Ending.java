package io.holdfast.server.idempotency;

import io.holdfast.server.state.IdempotencyStore;
import io.holdfast.server.state.IdempotencyStore.Answer;

/** How a claim ends. */
sealed interface Ending {
  /** With an answer that is kept. */
  record Answered(Answer answer) implements Ending {}

  /** Without one: the key is free again. */
  record Released() implements Ending {}

  default void store(IdempotencyStore store, IdempotencyStore.Key key) {
    switch (this) {
      case Answered(var answer) -> store.answered(key, answer);
      case Released() -> store.release(key);
    }
  }
}
