package io.holdfast.server.api;

import io.holdfast.server.document.HealthJson;
import io.holdfast.server.document.ScheduleJson;
import java.time.Instant;
import java.util.Optional;

/** How the server is, now. Thread-safe; cheap. */
public interface ServerStatus {
  HealthJson health();

  /** Whether it takes requests and is not about to end. */
  boolean isReady();

  ScheduleJson schedule();

  /** When the next scheduled run is due; empty without a schedule. */
  Optional<Instant> nextRun();

  Instant startedAt();

  String version();
}
