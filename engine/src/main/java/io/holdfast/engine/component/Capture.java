package io.holdfast.engine.component;

import io.holdfast.engine.artifact.ArtifactSink;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;

/** A consistent view of a component, held until it is closed. Used by one thread at a time. */
public interface Capture extends AutoCloseable {
  /**
   * The instant of the data: every change that the source acknowledged before it is in the view.
   */
  Instant instant();

  /**
   * How many bytes the transfer will move, as far as that can be known cheaply; for progress only.
   */
  OptionalLong estimatedBytes();

  /**
   * Hands the view to a repository: the long part, which must not hold the source up.
   *
   * @throws io.holdfast.engine.error.HoldfastException if the view cannot be handed over whole
   */
  void writeTo(ArtifactSink sink) throws IOException;

  /** Lets the source go. Called exactly once, whatever happened. */
  @Override
  void close() throws IOException;
}
