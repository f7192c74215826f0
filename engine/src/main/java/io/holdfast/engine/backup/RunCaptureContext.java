package io.holdfast.engine.backup;

import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.run.Cancellation;
import java.time.Clock;
import java.util.function.Consumer;

/** The context of one component in one run. */
record RunCaptureContext(
    Purpose purpose, Clock clock, Cancellation cancellation, Consumer<String> warnings)
    implements CaptureContext {
  @Override
  public void warn(String message) {
    warnings.accept(message);
  }
}
