package io.holdfast.server.schedule;

import io.holdfast.engine.schedule.Due;
import io.holdfast.engine.schedule.Outlook;
import io.holdfast.engine.schedule.Schedule;
import io.holdfast.engine.schedule.Timetable;
import io.holdfast.server.schedule.ScheduledRun.Outcome;
import io.holdfast.server.schedule.SchedulerState.Attempt;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a scheduler knows: the run to wait for, and what it has counted. Knows no thread; guarded by
 * the scheduler's lock.
 */
final class Agenda {
  private final Instant began;
  private final RandomGenerator random;
  private Timetable timetable;
  private Optional<Instant> lastStarted;
  private Optional<Attempt> lastAttempt = Optional.empty();
  private Optional<Due> next = Optional.empty();

  /** Whether a run is due that nobody has begun. */
  private boolean pending;

  private long skipped;
  private long missed;

  Agenda(
      Timetable timetable, Optional<Instant> lastStarted, Instant began, RandomGenerator random) {
    this.timetable = timetable;
    this.lastStarted = lastStarted;
    this.began = began;
    this.random = random;
  }

  /**
   * Begins to wait.
   *
   * @param withProcess whether what fell due before was missed, rather than not wanted
   * @return how many runs were missed
   */
  int begin(boolean withProcess, Instant now) {
    Outlook outlook =
        withProcess
            ? timetable.atStart(lastStarted, began, now, random)
            : timetable.afterChange(lastStarted, began, now, random);
    pending = outlook.runNow();
    next = outlook.next();
    missed += outlook.passed();
    return outlook.passed();
  }

  /** Waits for nothing any more. */
  void end() {
    pending = false;
    next = Optional.empty();
  }

  /**
   * Goes by another schedule.
   *
   * @param waiting whether a run is waited for
   */
  void change(Schedule schedule, boolean waiting, Instant now) {
    timetable = timetable.with(schedule);
    if (waiting) {
      pending |= next.filter(due -> !now.isBefore(due.start())).isPresent();
      next = timetable.afterChange(lastStarted, began, now, random).next();
    }
  }

  /**
   * What a look at the clock found.
   *
   * @param due when the run was due that is to start now; empty to wait on
   * @param missed how many runs were missed before it
   */
  record Look(Optional<Instant> due, int missed) {}

  /** Looks at the clock. */
  Look look(Instant now) {
    if (pending) {
      pending = false;
      return new Look(Optional.of(now), 0);
    }
    if (next.isEmpty()) {
      return new Look(Optional.empty(), 0);
    }
    Due awaited = next.get();
    Outlook outlook = timetable.look(awaited, now, random);
    next = outlook.next();
    missed += outlook.passed();
    return new Look(
        outlook.runNow() ? Optional.of(awaited.instant()) : Optional.empty(), outlook.passed());
  }

  /**
   * Records an attempt that is over.
   *
   * @return how many runs were skipped: it, or those that fell due meanwhile
   */
  int ended(Attempt attempt, boolean waiting, Instant now) {
    lastAttempt = Optional.of(attempt);
    int left = 0;
    if (attempt.outcome() instanceof Outcome.SkippedBusy) {
      left = 1;
    } else {
      lastStarted = Optional.of(attempt.startedAt());
    }
    if (waiting && next.isPresent()) {
      Outlook outlook = timetable.afterRun(next.get(), now, random);
      left += outlook.passed();
      next = outlook.next();
    }
    skipped += left;
    return left;
  }

  Schedule schedule() {
    return timetable.schedule();
  }

  Optional<Due> next() {
    return next;
  }

  SchedulerState state(boolean enabled, boolean underWay) {
    return new SchedulerState(
        enabled, timetable.schedule(), next, lastAttempt, underWay, skipped, missed);
  }
}
