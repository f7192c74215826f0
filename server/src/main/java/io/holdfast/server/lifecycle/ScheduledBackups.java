package io.holdfast.server.lifecycle;

import io.holdfast.engine.installation.Automation;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.engine.schedule.Cron;
import io.holdfast.engine.schedule.Due;
import io.holdfast.engine.schedule.Interval;
import io.holdfast.engine.schedule.Schedule;
import io.holdfast.engine.schedule.Timetable;
import io.holdfast.server.document.ScheduleJson;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.schedule.ScheduledRun.Outcome;
import io.holdfast.server.schedule.Scheduler;
import io.holdfast.server.schedule.SchedulerEvent;
import io.holdfast.server.schedule.SchedulerState;
import io.holdfast.server.schedule.Waiter;
import io.holdfast.server.setting.BackupSettings;
import io.holdfast.server.setting.SettingKey;
import io.holdfast.server.setting.SettingValue;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The schedule of a server: what the settings say of it, and backups when they are due. */
final class ScheduledBackups implements ScheduleState, AutoCloseable {
  private final BackupSettings settings;
  private final AutomaticBackups backups;
  private final ServerEvents events;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Remembered<Schedule, Optional<Duration>> gap;
  private boolean closed;

  ScheduledBackups(
      Automation automation,
      BackupSettings settings,
      AutomaticBackups backups,
      StateDatabase state,
      ServerEvents events,
      Clock clock,
      RandomGenerator random,
      Supplier<Optional<Instant>> newest) {
    this.settings = settings;
    this.backups = backups;
    this.events = events;
    this.clock = clock;
    this.gap = new Remembered<>(Duration.ofDays(1), clock);
    this.scheduler =
        new Scheduler(
            new Timetable(schedule(settings), automation.jitter(), automation.catchUp()),
            lastScheduled(state).or(newest),
            due -> run(),
            new Scheduler.World(clock, Waiter::real, random),
            this::tell);
    settings.onChange(this::changed);
  }

  /** A state database that does not answer costs the making up of a missed run, and no more. */
  private static Optional<Instant> lastScheduled(StateDatabase state) {
    try {
      return state.runs().lastStarted(Trigger.SCHEDULED);
    } catch (StateException unanswered) {
      return Optional.empty();
    }
  }

  /**
   * An interval and a cron expression may both be there, from two sources: the stronger counts, so
   * that whoever stores an interval gets it. From one source, the cron expression counts.
   */
  private static Schedule schedule(BackupSettings settings) {
    SettingValue cron = settings.get(SettingKey.SCHEDULE_CRON);
    SettingValue hours = settings.get(SettingKey.SCHEDULE_HOURS);
    return cron.value().isEmpty() || hours.source().compareTo(cron.source()) < 0
        ? new Interval(Duration.ofHours(Integer.parseInt(hours.value())))
        : Cron.of(cron.value(), ZoneId.of(settings.get(SettingKey.SCHEDULE_ZONE).value()));
  }

  /** Begins with the process, if the settings want a schedule. */
  synchronized void start() {
    if (closed) {
      return;
    }
    if (settings.flag(SettingKey.ENABLED)) {
      scheduler.start();
    } else {
      events.publish(
          ServerEvent.info(
              EventName.SCHEDULER_DORMANT, "no backup starts by itself: the schedule is off"));
    }
  }

  private synchronized void changed(SettingKey key) {
    if (closed) {
      return;
    }
    switch (key) {
      case ENABLED -> {
        if (settings.flag(SettingKey.ENABLED)) {
          scheduler.resume();
        } else {
          scheduler.stop();
        }
      }
      case SCHEDULE_HOURS, SCHEDULE_CRON, SCHEDULE_ZONE -> scheduler.reschedule(schedule(settings));
      default -> {}
    }
  }

  private Outcome run() {
    return switch (backups.scheduled()) {
      case COMPLETED -> new Outcome.Ran(RunStatus.COMPLETED);
      case FAILED -> new Outcome.Ran(RunStatus.FAILED);
      case SKIPPED -> new Outcome.SkippedBusy();
    };
  }

  private void tell(SchedulerEvent event) {
    boolean warns =
        event instanceof SchedulerEvent.Skipped || event instanceof SchedulerEvent.Missed;
    events.publish(
        event instanceof SchedulerEvent.Failed failed
            ? ServerEvent.error(event.eventName(), event.text(), failed.cause())
            : warns
                ? ServerEvent.warning(event.eventName(), event.text())
                : ServerEvent.info(event.eventName(), event.text()));
  }

  SchedulerState state() {
    return scheduler.state();
  }

  /** How it stands now. */
  ScheduleJson document() {
    SchedulerState state = scheduler.state();
    return new ScheduleJson(
        state.enabled(),
        words(state.schedule()),
        next().orElse(null),
        state.skipped(),
        state.missed());
  }

  private static String words(Schedule schedule) {
    return switch (schedule) {
      case Interval interval ->
          interval.length().toHours() == 1
              ? "every hour"
              : "every " + interval.length().toHours() + " hours";
      case Cron cron -> cron.expression() + " in " + cron.zone();
    };
  }

  private Optional<Instant> next() {
    return scheduler.state().next().map(Due::start);
  }

  @Override
  public Optional<Duration> expectedInterval() {
    SchedulerState state = scheduler.state();
    return state.enabled()
        ? gap.get(state.schedule(), () -> state.schedule().longestGap(clock.instant()))
        : Optional.empty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    scheduler.close();
  }
}
