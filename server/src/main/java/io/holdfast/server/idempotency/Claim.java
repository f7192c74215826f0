package io.holdfast.server.idempotency;

import io.holdfast.engine.run.RunId;
import io.holdfast.server.state.IdempotencyStore;
import io.holdfast.server.state.IdempotencyStore.Answer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A key that one request holds. Whoever holds it ends it, by one of the last three methods. */
public final class Claim {
  private final IdempotencyStore store;
  private final OpenClaims open;
  private final IdempotencyStore.Key key;
  private final AtomicBoolean ended = new AtomicBoolean();

  Claim(IdempotencyStore store, OpenClaims open, IdempotencyStore.Key key) {
    this.store = store;
    this.open = open;
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

  /**
   * Keeps the answer for whoever comes with the same key.
   *
   * @throws io.holdfast.server.state.StateException if it could not be stored; it is kept in memory
   *     and stored as soon as the database takes it
   */
  public void answered(Answer answer) {
    end(new Ending.Answered(answer));
  }

  /**
   * The work failed, which is not kept: the same key may try again.
   *
   * @throws io.holdfast.server.state.StateException as {@link #answered}
   */
  public void release() {
    end(new Ending.Released());
  }

  /**
   * It is not known how the work ended: whoever comes next is told by what became of the run. Does
   * nothing after one of the others.
   */
  public void leave() {
    if (ended.compareAndSet(false, true)) {
      open.left(key);
    }
  }

  private void end(Ending ending) {
    if (ended.compareAndSet(false, true)) {
      open.ended(key, ending);
    }
  }
}
