package io.holdfast.server.schedule;

import io.holdfast.engine.schedule.Due;
import io.holdfast.engine.schedule.Schedule;
import io.holdfast.server.event.EventName;
import java.time.Instant;
import java.util.Optional;

/** What a scheduler tells. */
public sealed interface SchedulerEvent {
  /** The name in logs and notifications. */
  default EventName eventName() {
    return switch (this) {
      case Started _ -> EventName.SCHEDULER_STARTED;
      case Stopped _ -> EventName.SCHEDULER_STOPPED;
      case Rescheduled _ -> EventName.SCHEDULER_RESCHEDULED;
      case Tick _ -> EventName.SCHEDULER_TICK;
      case Skipped _ -> EventName.SCHEDULER_SKIPPED;
      case Missed _ -> EventName.SCHEDULER_MISSED;
      case Failed _ -> EventName.SCHEDULER_FAILED;
    };
  }

  /** What happened, as a sentence without a full stop. */
  default String text() {
    return switch (this) {
      case Started started -> "the schedule runs: " + plan(started.schedule(), started.next());
      case Stopped _ -> "the schedule is off: no backup starts by itself";
      case Rescheduled changed ->
          "the schedule is now: " + plan(changed.schedule(), changed.next());
      case Tick tick -> "a scheduled backup starts, due " + tick.due();
      case Skipped skipped -> "left out because another run was under way: " + runs(skipped.runs());
      case Missed missed -> "left out because nobody was there: " + runs(missed.runs());
      case Failed failed ->
          "a scheduled backup broke off: " + failed.cause().getClass().getSimpleName();
    };
  }

  private static String plan(Schedule schedule, Optional<Due> next) {
    return schedule + ", " + next.map(due -> "next at " + due.start()).orElse("never due");
  }

  private static String runs(int count) {
    return count == 1 ? "1 scheduled backup" : count + " scheduled backups";
  }

  record Started(Schedule schedule, Optional<Due> next) implements SchedulerEvent {}

  record Stopped() implements SchedulerEvent {}

  record Rescheduled(Schedule schedule, Optional<Due> next) implements SchedulerEvent {}

  /** A run starts. */
  record Tick(Instant due) implements SchedulerEvent {}

  /** Runs were left out because another one was under way. */
  record Skipped(int runs) implements SchedulerEvent {}

  /** Runs were left out because the process was down, or the machine asleep. */
  record Missed(int runs) implements SchedulerEvent {}

  /** A run ended with an exception instead of a status. The schedule goes on. */
  record Failed(Throwable cause) implements SchedulerEvent {}
}
