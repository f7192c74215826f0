package io.holdfast.engine.schedule;

import com.cronutils.model.time.ExecutionTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * Due instants of a cron expression where clocks are set forward and back.
 *
 * <p>The library is asked in UTC only, where every minute comes once: what it does with a zone's
 * changes is not specified, and a backup at half past two must not be left out once a year.
 */
final class WallClock {
  private final ExecutionTime times;
  private final ZoneRules rules;
  private final boolean everyHour;

  WallClock(ExecutionTime times, ZoneId zone, boolean everyHour) {
    this.times = times;
    this.rules = zone.getRules();
    this.everyHour = everyHour;
  }

  Optional<Instant> next(Instant after) {
    return everyHour ? asShown(after) : onceEach(after);
  }

  /** By what the clock shows: what it never shows is left out, what it shows twice is due twice. */
  private Optional<Instant> asShown(Instant after) {
    Instant from = after;
    LocalDateTime shown = shownAt(after);
    while (true) {
      Optional<LocalDateTime> next = following(shown);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      Instant due = next.get().toInstant(rules.getOffset(from));
      ZoneOffsetTransition change = rules.nextTransition(from);
      if (change == null || due.isBefore(change.getInstant())) {
        return Optional.of(due);
      }
      from = change.getInstant();
      shown = change.getDateTimeAfter().minusNanos(1);
    }
  }

  /** Every time of the expression once: at the end of a gap, or the first time it is shown. */
  private Optional<Instant> onceEach(Instant after) {
    Optional<LocalDateTime> time = following(shownAt(after));
    while (time.isPresent()) {
      Instant due = firstShown(time.get());
      if (due.isAfter(after)) {
        return Optional.of(due);
      }
      time = following(time.get());
    }
    return Optional.empty();
  }

  private Instant firstShown(LocalDateTime time) {
    ZoneOffsetTransition change = rules.getTransition(time);
    return change != null && change.isGap()
        ? change.getInstant()
        : time.toInstant(rules.getOffset(time));
  }

  private LocalDateTime shownAt(Instant instant) {
    return LocalDateTime.ofInstant(instant, rules.getOffset(instant));
  }

  private Optional<LocalDateTime> following(LocalDateTime time) {
    return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }
}
