package io.holdfast.engine.event;

import io.holdfast.engine.run.RunPhase;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far a run is, at one moment.
 *
 * @param phase what it is doing
 * @param bytesDone bytes of content that the phase has moved or read
 * @param bytesTotal how many it will, as far as is known; empty if that cannot be told
 * @param parts the same for each component that takes part in the phase, in the order of their
 *     names
 */
public record RunProgress(
    RunPhase phase, long bytesDone, OptionalLong bytesTotal, List<Part> parts) {
  public RunProgress {
    parts = List.copyOf(parts);
  }

  /** From 0 to 1; empty while the total is unknown. */
  public java.util.OptionalDouble fraction() {
    if (bytesTotal.isEmpty()) {
      return java.util.OptionalDouble.empty();
    }
    long total = bytesTotal.getAsLong();
    return java.util.OptionalDouble.of(total == 0 ? 1 : Math.min(1.0, (double) bytesDone / total));
  }

  /**
   * One component's share of a phase.
   *
   * @param name the component
   * @param bytesDone bytes so far
   * @param bytesTotal expected bytes; empty if unknown
   * @param ended whether its part of the phase is over, however it ended
   */
  public record Part(String name, long bytesDone, OptionalLong bytesTotal, boolean ended) {}
}
