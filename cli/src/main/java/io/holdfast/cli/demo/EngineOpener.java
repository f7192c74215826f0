package io.holdfast.cli.demo;

import io.holdfast.engine.Engine;
import io.holdfast.engine.event.RunMonitor;
import java.io.IOException;
import java.nio.file.Path;

/** How the demonstration comes to the engine: the way of every other command. */
public interface EngineOpener {
  /**
   * The installation that a configuration file describes.
   *
   * @return to be closed by the caller
   */
  Engine open(Path configuration) throws IOException;

  /** A monitor for one run, which a signal cancels. */
  RunMonitor monitor();

  /**
   * Ends the demonstration if a signal came.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code CANCELLED}
   */
  void checkInterrupted();
}
