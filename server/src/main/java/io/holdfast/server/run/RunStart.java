package io.holdfast.server.run;

import io.holdfast.engine.run.RunId;

/**
 * Called with the name of a run after it holds the installation's lock and before it does anything.
 * What it throws ends the run, which then has done nothing.
 */
@FunctionalInterface
public interface RunStart {
  /** For those who need not know. */
  RunStart UNHEEDED = run -> {};

  void started(RunId run);
}
