package io.holdfast.server.idempotency;

import io.holdfast.server.state.IdempotencyStore.Answer;

/** What became of a run whose request was never answered. */
public sealed interface RunFate {
  /** It published or restored; this is what its request would have been answered. */
  record Led(Answer answer) implements RunFate {}

  /** It certainly did nothing that lasts. */
  record Nothing() implements RunFate {}

  /** That cannot be found out now, which is no reason to believe either. */
  record Unknown(RuntimeException why) implements RunFate {}
}
