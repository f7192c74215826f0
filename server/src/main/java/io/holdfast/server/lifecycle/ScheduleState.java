package io.holdfast.server.lifecycle;

import io.holdfast.server.document.ScheduleJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The schedule, as it stands now. */
interface ScheduleState {
  ScheduleJson document();

  /** When the next run is due; empty without a schedule. */
  Optional<Instant> next();

  /** How far apart runs are expected; empty without a schedule. */
  Optional<Duration> expectedInterval();
}
