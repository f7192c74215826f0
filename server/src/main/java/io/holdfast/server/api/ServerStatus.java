package io.holdfast.server.api;

import io.holdfast.server.document.HealthJson;
import io.holdfast.server.document.ScheduleJson;
import java.time.Instant;

/** How the server is, now. Thread-safe; cheap. */
public interface ServerStatus {
  HealthJson health();

  /** Whether it takes requests and is not about to end. */
  boolean isReady();

  ScheduleJson schedule();

  Instant startedAt();

  String version();
}
