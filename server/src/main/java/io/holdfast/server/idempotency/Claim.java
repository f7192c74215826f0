package io.holdfast.server.idempotency;

import io.holdfast.engine.run.RunId;
import io.holdfast.server.state.IdempotencyStore;
import io.holdfast.server.state.IdempotencyStore.Answer;

/** A key that one request holds. */
public final class Claim {
  private final IdempotencyStore store;
  private final IdempotencyStore.Key key;

  Claim(IdempotencyStore store, IdempotencyStore.Key key) {
    this.store = store;
    this.key = key;
  }

  /**
   * Remembers the run, before it does anything: after a crash the key leads to what became of it.
   *
   * @throws io.holdfast.server.state.StateException if that failed; the run must then not go on
   */
  public void started(RunId run) {
    store.started(key, run);
  }

  /** Keeps the answer for whoever comes with the same key. */
  public void answered(Answer answer) {
    store.answered(key, answer);
  }

  /** The work failed, which is not kept: the same key may try again. */
  public void release() {
    store.release(key);
  }
}
