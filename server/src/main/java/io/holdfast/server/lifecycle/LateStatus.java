package io.holdfast.server.lifecycle;

import io.holdfast.server.api.ServerStatus;
import io.holdfast.server.document.HealthJson;
import io.holdfast.server.document.ScheduleJson;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The status of a server that is still being put together: its parts and it need one another. */
final class LateStatus implements ServerStatus {
  private volatile @Nullable ServerStatus status;

  void is(ServerStatus actual) {
    status = actual;
  }

  private ServerStatus status() {
    return Objects.requireNonNull(status, "asked before the server was put together");
  }

  @Override
  public HealthJson health() {
    return status().health();
  }

  @Override
  public boolean isReady() {
    return status().isReady();
  }

  @Override
  public ScheduleJson schedule() {
    return status().schedule();
  }

  @Override
  public Instant startedAt() {
    return status().startedAt();
  }

  @Override
  public String version() {
    return status().version();
  }
}
