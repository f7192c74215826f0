package io.holdfast.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to run: a schedule, and what to do about everything that gets between it and the clock.
 *
 * <ul>
 *   <li>An interval counts from the last run, or else from the beginning, so nothing is due at
 *       once. Within a process it counts from due instants, so that it does not drift.
 *   <li>What fell due while nobody was there is made up by one run, or by none; the rest is told as
 *       passed.
 *   <li>A changed schedule is due later than the change, however long ago the last run was.
 *   <li>A clock that was set back postpones the next run by one interval at most; one that steps
 *       back a little, as clocks do that are kept right, does not repeat a run.
 * </ul>
 *
 * <p>Pure but for the draw of the jitter.
 *
 * @param jitter at most how much later than it is due a run starts, so that many installations do
 *     not start as one; zero for none. Never reaches the following due instant
 * @param catchUp whether a run that was missed while the process was down is made up, once, at
 *     start
 */
public record Timetable(Schedule schedule, Duration jitter, boolean catchUp) {
  /**
   * So many instants are counted as passed at once, and no more: a year of minutes is no number.
   */
  public static final int MOST_COUNTED = 1_000;

  public Timetable {
    if (jitter.isNegative()) {
      throw new InvalidScheduleException("jitter", jitter.toString(), "zero or more");
    }
  }

  /** The same with another schedule. */
  public Timetable with(Schedule other) {
    return new Timetable(other, jitter, catchUp);
  }

  /**
   * When a process starts.
   *
   * @param last when the last scheduled run started, however it ended; empty if none is known
   * @param began when the schedule began, where no run is known: the start of the process, or
   *     earlier if that is known
   */
  public Outlook atStart(
      Optional<Instant> last, Instant began, Instant now, RandomGenerator random) {
    Instant base = last.orElse(began);
    int passed = count(base, base, now);
    if (passed > 0 && catchUp) {
      return new Outlook(true, passed - 1, due(schedule.next(now, now), random));
    }
    return new Outlook(
        false, passed, due(settled(schedule.next(base, later(base, now)), now), random));
  }

  /**
   * When the schedule has been changed to this one, or switched on, in a running process.
   *
   * @param last as for {@link #atStart}
   * @param began as for {@link #atStart}
   */
  public Outlook afterChange(
      Optional<Instant> last, Instant began, Instant now, RandomGenerator random) {
    Instant base = last.orElse(began);
    Optional<Instant> counted = schedule.next(base, base).filter(now::isBefore);
    Optional<Instant> next = counted.or(() -> schedule.next(now, now));
    return new Outlook(false, 0, due(settled(next, now), random));
  }

  /** While {@code waitedFor} is waited for. */
  public Outlook look(Due waitedFor, Instant now, RandomGenerator random) {
    if (!now.isBefore(waitedFor.start())) {
      Instant due = waitedFor.instant();
      return new Outlook(true, count(due, due, now), due(schedule.next(due, now), random));
    }
    Optional<Instant> settled = settled(Optional.of(waitedFor.instant()), now);
    boolean unchanged = settled.equals(Optional.of(waitedFor.instant()));
    return new Outlook(false, 0, unchanged ? Optional.of(waitedFor) : due(settled, random));
  }

  /**
   * When a run has ended: what should have started meanwhile has passed.
   *
   * @param next the run that was to come after it
   */
  public Outlook afterRun(Due next, Instant now, RandomGenerator random) {
    Outlook outlook = look(next, now, random);
    return outlook.runNow()
        ? new Outlook(false, Math.min(outlook.passed() + 1, MOST_COUNTED), outlook.next())
        : outlook;
  }

  /** Due instants later than one instant and not later than another. */
  private int count(Instant base, Instant from, Instant to) {
    int count = 0;
    Optional<Instant> due = schedule.next(base, from);
    while (due.isPresent() && !due.get().isAfter(to) && count < MOST_COUNTED) {
      count++;
      due = schedule.next(base, due.get());
    }
    return count;
  }

  /** What is further off than the due instant after the next one was reckoned by a wrong clock. */
  private Optional<Instant> settled(Optional<Instant> due, Instant now) {
    Optional<Instant> first = schedule.next(now, now);
    Instant latest =
        switch (schedule) {
          case Interval _ -> first.orElse(Instant.MAX);
          case Cron _ -> first.flatMap(next -> schedule.next(now, next)).orElse(Instant.MAX);
        };
    return due.filter(instant -> instant.isAfter(latest)).isPresent() ? first : due;
  }

  private Optional<Due> due(Optional<Instant> instant, RandomGenerator random) {
    return instant.map(due -> new Due(due, due.plus(share(due, random))));
  }

  private Duration share(Instant due, RandomGenerator random) {
    Duration room =
        schedule
            .next(due, due)
            .map(following -> Duration.between(due, following).minusNanos(1))
            .filter(most -> most.compareTo(jitter) < 0)
            .orElse(jitter);
    return room.isZero() ? room : Duration.ofMillis(random.nextLong(room.toMillis() + 1));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
