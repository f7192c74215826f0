package io.holdfast.server.schedule;

import io.holdfast.engine.run.RunStatus;
import java.time.Instant;

/** What a scheduler starts when a run is due. */
@FunctionalInterface
public interface ScheduledRun {
  /**
   * Runs, on the scheduler's thread, and returns when the run is over.
   *
   * @param due when it was due
   * @throws Exception logged and counted as {@link Outcome.Failed}; the next run comes all the same
   */
  Outcome run(Instant due) throws Exception;

  /** How an attempt ended. */
  sealed interface Outcome {
    /** A run was made, with whatever result. */
    record Ran(RunStatus status) implements Outcome {}

    /** Another run was under way. */
    record SkippedBusy() implements Outcome {}

    /** No run came about, or it ended with an exception; made by the scheduler. */
    record Failed() implements Outcome {}
  }
}
