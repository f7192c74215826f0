package io.holdfast.server.run;

import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.event.RunProgress;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.state.RunRecord;
import java.util.concurrent.CompletableFuture;

/** A run that has its name and is under way, or has just ended. Thread-safe. */
public final class ActiveRun {
  private final RunRecord record;
  private final RunMonitor monitor;
  private final CompletableFuture<RunResult> result;

  ActiveRun(RunRecord record, RunMonitor monitor, CompletableFuture<RunResult> result) {
    this.record = record;
    this.monitor = monitor;
    this.result = result;
  }

  public RunId id() {
    return record.run();
  }

  /** What is remembered of it since it began. */
  public RunRecord record() {
    return record;
  }

  public RunProgress progress() {
    return monitor.progress();
  }

  /** Asks it to end. It publishes nothing, or puts every target back. */
  public void cancel() {
    monitor.cancellation().cancel(Cancellation.Reason.CANCELLED);
  }

  /** Completed, never exceptionally, once the run is over and remembered. */
  public CompletableFuture<RunResult> result() {
    return result;
  }
}
