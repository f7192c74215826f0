package io.holdfast.testkit.handler;

import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.run.Cancellation;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A context that collects warnings. Thread-safe. */
public final class TestCaptureContext implements CaptureContext {
  private final Purpose purpose;
  private final Clock clock;
  private final Cancellation cancellation = new Cancellation();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  /** A backup, with the system's clock. */
  public TestCaptureContext() {
    this(Purpose.BACKUP, Clock.systemUTC());
  }

  public TestCaptureContext(Purpose purpose, Clock clock) {
    this.purpose = purpose;
    this.clock = clock;
  }

  @Override
  public Purpose purpose() {
    return purpose;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public void warn(String message) {
    warnings.add(message);
  }

  /** What was warned of so far, in order. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
