package io.holdfast.engine.backup;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.ComponentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One component's way through a backup run, and its record in the manifest at any time.
 * Thread-safe.
 */
final class ComponentProgress {
  private static final int MAX_WARNINGS = 200;

  private final Component component;
  private final Instant startedAt;
  private final List<String> warnings = new ArrayList<>();
  private ComponentStatus status = ComponentStatus.RUNNING;
  private Optional<Instant> instant = Optional.empty();
  private Optional<Instant> finishedAt = Optional.empty();
  private List<Artifact> artifacts = List.of();
  private Optional<ComponentRecord.Failure> failure = Optional.empty();
  private Map<String, String> source = Map.of();
  private long unheard;

  ComponentProgress(Component component, Instant startedAt) {
    this.component = component;
    this.startedAt = startedAt;
  }

  Component component() {
    return component;
  }

  synchronized void warn(String message) {
    if (warnings.size() < MAX_WARNINGS) {
      warnings.add(message);
    } else {
      unheard++;
    }
  }

  synchronized void captured(Instant at, Map<String, String> what) {
    instant = Optional.of(at);
    source = what;
  }

  /** A step that was abandoned may still come to its end: too late, its component has failed. */
  synchronized void completed(List<Artifact> stored, Instant at) {
    if (status != ComponentStatus.RUNNING) {
      return;
    }
    end(ComponentStatus.COMPLETED, at);
    artifacts = List.copyOf(stored);
  }

  synchronized void absent(HoldfastException why, Instant at) {
    end(ComponentStatus.ABSENT, at);
    warn(why.message());
  }

  /** The first failure stays: what follows it is its echo. */
  synchronized void failed(HoldfastException why, Instant at) {
    if (failure.isPresent()) {
      return;
    }
    end(
        switch (why.code()) {
          case CANCELLED -> ComponentStatus.CANCELLED;
          case TIMEOUT -> ComponentStatus.TIMEOUT;
          default -> ComponentStatus.FAILED;
        },
        at);
    artifacts = List.of();
    failure = Optional.of(Failures.record(why));
  }

  private void end(ComponentStatus how, Instant at) {
    status = how;
    finishedAt = Optional.of(at);
  }

  synchronized ComponentStatus status() {
    return status;
  }

  synchronized boolean isUnder(ErrorCode.Kind kind) {
    return failure.isPresent() && failure.get().code().kind() == kind;
  }

  synchronized ComponentRecord record() {
    List<String> told = new ArrayList<>(warnings);
    if (unheard > 0) {
      told.add(unheard + " more warnings are not listed");
    }
    return new ComponentRecord(
        component.name(),
        component.kind(),
        component.critical(),
        component.group(),
        status,
        source,
        instant,
        startedAt,
        finishedAt,
        artifacts,
        told,
        failure);
  }
}
