package io.holdfast.server.schedule;

import io.holdfast.engine.schedule.Due;
import io.holdfast.engine.schedule.Schedule;
import java.time.Instant;
import java.util.Optional;

/**
 * A scheduler at one moment.
 *
 * @param enabled whether it starts runs
 * @param next the run that it waits for; empty if it is not enabled, or if none will ever be due
 * @param lastAttempt the last run that it started or tried to; empty if none in this process
 * @param underWay whether it waits for a run to end
 * @param skipped due instants at which another run was under way, in this process
 * @param missed due instants at which nobody was there, in this process or, where the process
 *     caught up, before it; one that was made up for is not among them
 */
public record SchedulerState(
    boolean enabled,
    Schedule schedule,
    Optional<Due> next,
    Optional<Attempt> lastAttempt,
    boolean underWay,
    long skipped,
    long missed) {

  /**
   * One attempt to run, when it was over.
   *
   * @param due when it was due
   */
  public record Attempt(
      Instant due, Instant startedAt, Instant endedAt, ScheduledRun.Outcome outcome) {}
}
