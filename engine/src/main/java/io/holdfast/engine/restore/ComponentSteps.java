package io.holdfast.engine.restore;

import io.holdfast.engine.backup.ComponentThreads;
import io.holdfast.engine.backup.Failures;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Does the same for many components at once, each within its own timeout. Used by the thread that
 * leads the run.
 */
final class ComponentSteps {
  private final ComponentThreads threads;
  private final Cancellation cancellation;

  /** What is done for one component. */
  interface Step<T> {
    T run(Component component, Cancellation own) throws IOException;
  }

  /**
   * @param cancellation that of the run
   */
  ComponentSteps(ComponentThreads threads, Cancellation cancellation) {
    this.threads = threads;
    this.cancellation = cancellation;
  }

  /**
   * Runs a step for every component; all have ended when this returns or throws. When one fails the
   * others are cancelled, and the first failure is thrown.
   */
  <T> Map<Component, T> run(List<Component> components, Step<T> step) throws IOException {
    Map<Component, CompletableFuture<T>> steps = new LinkedHashMap<>();
    Map<Component, T> results = new LinkedHashMap<>();
    Cancellation all = cancellation.child();
    List<ComponentThreads.Deadline> deadlines = new ArrayList<>();
    HoldfastException first = null;
    try {
      for (Component component : components) {
        Cancellation own = all.child();
        deadlines.add(threads.deadline(own, component.timeout()));
        steps.put(
            component,
            threads.start(
                own,
                () -> {
                  own.check();
                  return step.run(component, own);
                }));
      }
      for (Map.Entry<Component, CompletableFuture<T>> entry : steps.entrySet()) {
        try {
          results.put(entry.getKey(), ComponentThreads.await(entry.getValue()));
        } catch (IOException | RuntimeException e) {
          if (first == null) {
            first =
                Failures.ofRestore("component " + entry.getKey().name(), e)
                    .with("component", entry.getKey().name().value());
            all.cancel(Cancellation.Reason.ABANDONED);
          }
        }
      }
    } finally {
      deadlines.forEach(ComponentThreads.Deadline::close);
    }
    if (first != null) {
      throw first;
    }
    return results;
  }
}
