package io.holdfast.testkit.fault;

/**
 * The process "died" here. An {@link Error}, so that no handling of exceptions takes it for a
 * failure that it could clean up after; {@code finally} blocks still run, and get the same from
 * whatever they ask of the layer.
 */
public final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedCrash(String message) {
    super(message);
  }
}
