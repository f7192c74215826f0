package io.holdfast.server.state;

import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.state.RunRecord.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs, under way and past. */
public interface RunStore {
  /** Remembers a run; what was known of it is replaced. */
  void put(RunRecord run);

  Optional<RunRecord> find(RunId run);

  /**
   * Runs, newest first by sequence.
   *
   * @param operations which to tell of
   * @param before only runs that come after this one in the list; empty to begin with the newest
   * @param limit at most so many, 1 or more
   */
  List<RunRecord> page(Set<Operation> operations, Optional<RunId> before, int limit);

  /** Runs that are still {@code RUNNING}, of whatever server, newest first. */
  List<RunRecord> running();

  /** When the last run with this trigger started, by sequence, however it ended. */
  Optional<Instant> lastStarted(Trigger trigger);

  /** When somebody has started runs of this kind, at an instant or after it; the oldest first. */
  List<Instant> startsSince(Operation operation, String actor, Instant since);

  /**
   * Forgets runs that ended before an instant, save the last of each trigger: {@link #lastStarted}
   * goes on telling of it, for schedules that come round more seldom than runs are forgotten.
   *
   * @return how many
   */
  int prune(Instant before);
}
