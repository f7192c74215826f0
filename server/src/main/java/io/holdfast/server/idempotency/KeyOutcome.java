package io.holdfast.server.idempotency;

import io.holdfast.engine.run.RunId;
import io.holdfast.server.state.IdempotencyStore.Answer;
import java.util.Optional;

/** What a key means for the request that carries it. */
public sealed interface KeyOutcome {
  /** It is this request's: do the work, then end the claim. */
  record Mine(Claim claim) implements KeyOutcome {}

  /** The work was done before; this is its answer. */
  record Done(Answer answer) implements KeyOutcome {}

  /** Another request with this key is at work, and was for as long as one waits. */
  record Busy(Optional<RunId> run) implements KeyOutcome {}

  /** What became of the run of this key cannot be found out now. */
  record Unsettled(Optional<RunId> run) implements KeyOutcome {}

  /** The key came with another body before. */
  record OtherBody() implements KeyOutcome {}
}
