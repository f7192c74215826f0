package io.holdfast.server.target;

import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is done at one target. Thread-safe. */
final class Tally {
  private final LongAdder receivedBytes = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final LongAdder deleted = new LongAdder();
  private final LongAdder refusals = new LongAdder();

  void stored(long bytes) {
    receivedBytes.add(bytes);
    stored.increment();
  }

  void sent(long bytes) {
    sentBytes.add(bytes);
  }

  void deleted() {
    deleted.increment();
  }

  void refused() {
    refusals.increment();
  }

  TargetFigures figures(OptionalLong usedBytes) {
    return new TargetFigures(
        receivedBytes.sum(),
        sentBytes.sum(),
        stored.sum(),
        deleted.sum(),
        refusals.sum(),
        usedBytes);
  }
}
