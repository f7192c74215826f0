package io.holdfast.server.lifecycle;

import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.metrics.MetricsSnapshot.RunCount;
import io.holdfast.server.state.RunRecord.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts, of the events, the runs that ended. Thread-safe. */
final class RunCounts implements Consumer<ServerEvent> {
  private record Key(Operation operation, RunStatus status) {}

  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

  @Override
  public void accept(ServerEvent event) {
    String operation = event.facts().get("operation");
    String status = event.facts().get("status");
    if (operation == null || status == null) {
      return;
    }
    for (Operation known : Operation.values()) {
      if (known.word().equals(operation)) {
        Arrays.stream(RunStatus.values())
            .filter(end -> end.word().equals(status))
            .forEach(end ->
                counts.computeIfAbsent(new Key(known, end), key -> new LongAdder()).increment());
      }
    }
  }

  List<RunCount> counts() {
    return counts.entrySet().stream()
        .map(entry ->
            new RunCount(
                entry.getKey().operation(), entry.getKey().status(), entry.getValue().sum()))
        .toList();
  }
}
