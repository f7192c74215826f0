package io.holdfast.cli.local;

import io.holdfast.cli.target.Watch;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.run.Cancellation;

/** A run of the engine that somebody watches; closed when the run is over. */
public final class Monitored implements AutoCloseable {
  private final RunMonitor monitor;
  private final AutoCloseable cancelling;

  /** Begins it. */
  public Monitored(Watch watch) {
    monitor = new RunMonitor(watch::tell);
    watch.progressOf(monitor::progress);
    cancelling =
        watch
            .cancellation()
            .onCancel(() -> monitor.cancellation().cancel(Cancellation.Reason.CANCELLED));
  }

  /** What the engine is given. */
  public RunMonitor monitor() {
    return monitor;
  }

  @Override
  public void close() {
    try {
      cancelling.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
