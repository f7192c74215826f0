package io.holdfast.cli.target;

import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunProgress;
import io.holdfast.engine.run.Cancellation;
import java.util.function.Supplier;

/** Somebody who waits for something that takes long. Thread-safe. */
public interface Watch {
  /** Cancelled when nobody wants to wait any more. */
  Cancellation cancellation();

  /** Tells what happened. Quick, and never throws. */
  void tell(RunEvent event);

  /** From now on progress is asked for here, several times a second. */
  void progressOf(Supplier<RunProgress> progress);
}
