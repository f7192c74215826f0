package io.holdfast.server.lifecycle;

import java.time.Duration;
import java.util.Optional;

/** The schedule, as it stands now. */
interface ScheduleState {
  /** How far apart runs are expected; empty without a schedule. */
  Optional<Duration> expectedInterval();
}
