package io.holdfast.engine.backup;

import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.CaptureContext.Purpose;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.MissingSource;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.ComponentStatus;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunPhase;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One backup run, from the first capture to publication.
 *
 * <p>The order, of which nothing may be left out or exchanged:
 *
 * <ol>
 *   <li>Capture every component, one after the other, in the order of their names: views that lie
 *       as close together as can be.
 *   <li>Transfer them, {@code parallelism} at once, in the same order. Each artifact is hashed
 *       while it passes.
 *   <li>Verify: read back everything that was stored and compare (P2, P8).
 *   <li>Publish by the repository's one atomic step (P1). Until then nobody sees a backup; a run
 *       that fails, is cancelled or takes too long leaves its record only (P9).
 * </ol>
 *
 * <p>A critical component that fails ends the run, since nothing of it could be published; an
 * optional one only fails itself. The caller holds the installation's lock. Used once.
 */
public final class BackupRun {
  private final Environment environment;
  private final Installation installation;
  private final BackupPlan plan;
  private final RunMonitor monitor;
  private final Cancellation cancellation;
  private final BackupId backupId;
  private final Instant startedAt;
  private final List<ComponentProgress> parts = new ArrayList<>();
  private Optional<HoldfastException> failure = Optional.empty();

  public BackupRun(
      Environment environment, Installation installation, BackupPlan plan, RunMonitor monitor) {
    this.environment = environment;
    this.installation = installation;
    this.plan = plan;
    this.monitor = monitor;
    this.cancellation = monitor.cancellation().child();
    this.backupId = BackupId.random(environment.random());
    this.startedAt = environment.clock().instant();
  }

  /**
   * Makes the backup.
   *
   * @return the manifest that was published, or the record of the run that was not
   */
  public Manifest execute() throws IOException {
    var start =
        new BackupStart(
            plan.run(), backupId, plan.trigger(), plan.compression(), installation.name());
    try (BackupWriter writer = installation.repository().begin(start);
        var threads =
            new ComponentThreads(
                "holdfast-" + plan.run(), installation.parallelism(), ComponentThreads.GRACE);
        var deadline = threads.deadline(cancellation, installation.timeout())) {
      try {
        captureAndTransfer(writer, threads);
        RunStatus status = status();
        if (status.isPublished()) {
          monitor.phase(RunPhase.VERIFY);
          writer.verify(cancellation, monitor.meter("backup", java.util.OptionalLong.of(size())));
          cancellation.check();
          monitor.phase(RunPhase.PUBLISH);
          return writer.publish(manifest(status));
        }
      } catch (IOException | RuntimeException e) {
        failure = Optional.of(Failures.of("run " + plan.run(), e));
      }
      if (failure.isEmpty() && cancellation.reason() == Cancellation.Reason.TIMEOUT) {
        failure =
            Optional.of(
                new HoldfastException(
                    ErrorCode.TIMEOUT,
                    "run " + plan.run() + " took longer than its timeout",
                    "Raise backup.timeout, or find out what was slow."));
      }
      Manifest record = manifest(status());
      try {
        writer.fail(record);
      } catch (IOException | HoldfastException e) {
        // The next run files what is left here; the outcome of this one does not change by it.
        monitor.tell(
            new RunEvent.Warning(
                Optional.empty(), "the record of the failed run was not kept: " + e.getMessage()));
      }
      return record;
    }
  }

  private void captureAndTransfer(BackupWriter writer, ComponentThreads threads)
      throws IOException {
    writer.checkpoint(manifest(RunStatus.RUNNING));
    Map<ComponentProgress, Held> captured = new LinkedHashMap<>();
    Map<ComponentProgress, CompletableFuture<?>> transfers = new LinkedHashMap<>();
    try {
      monitor.phase(RunPhase.CAPTURE);
      for (Component component : plan.components()) {
        var part = new ComponentProgress(component, environment.clock().instant());
        parts.add(part);
        if (!cancellation.isCancelled()) {
          capture(part, threads).ifPresent(held -> captured.put(part, held));
          endIfHopeless(part);
        } else {
          part.failed(stopped(), environment.clock().instant());
        }
      }
      monitor.phase(RunPhase.TRANSFER);
      for (Map.Entry<ComponentProgress, Held> entry : captured.entrySet()) {
        ComponentProgress part = entry.getKey();
        Held held = entry.getValue();
        var meter = monitor.meter(part.component().name().value(), held.capture().estimatedBytes());
        transfers.put(
            part,
            threads.start(
                held.cancellation(),
                () -> {
                  if (!held.claimed().compareAndSet(false, true)) {
                    return part;
                  }
                  try (var deadline = threads.deadline(held.cancellation(), held.remaining())) {
                    new ComponentTransfer(
                            environment, writer, part, held.capture(), held.cancellation(), meter)
                        .run();
                  } finally {
                    meter.end();
                    letGo(part, held);
                  }
                  return part;
                }));
      }
      for (Map.Entry<ComponentProgress, CompletableFuture<?>> entry : transfers.entrySet()) {
        finish(entry.getKey(), entry.getValue(), writer);
      }
    } finally {
      for (Map.Entry<ComponentProgress, Held> entry : captured.entrySet()) {
        if (entry.getValue().claimed().compareAndSet(false, true)) {
          letGo(entry.getKey(), entry.getValue());
        }
      }
    }
  }

  private Optional<Held> capture(ComponentProgress part, ComponentThreads threads)
      throws IOException {
    Component component = part.component();
    monitor.tell(new RunEvent.ComponentStarted(component.name().value()));
    Cancellation own = cancellation.child();
    long began = System.nanoTime();
    var context =
        new RunCaptureContext(
            plan.purpose(), environment.clock(), own, message -> warn(part, message));
    // A capture that was abandoned and succeeds after all has nobody else to let its source go.
    var step = threads.start(own, () -> component.handler().capture(context), this::closeQuietly);
    try (var deadline = threads.deadline(own, component.timeout())) {
      Capture capture = ComponentThreads.await(step);
      part.captured(capture.instant(), component.handler().source());
      Duration used = Duration.ofNanos(System.nanoTime() - began);
      Duration left = component.timeout().minus(used);
      return Optional.of(
          new Held(
              capture, own, left.isPositive() ? left : Duration.ofMillis(1), new AtomicBoolean()));
    } catch (IOException | RuntimeException e) {
      HoldfastException why = Failures.of("component " + component.name(), e);
      boolean mayBeMissing =
          component.missing() == MissingSource.SKIP || plan.purpose() == Purpose.SAFETY;
      if (why.code() == ErrorCode.SOURCE_MISSING && mayBeMissing) {
        part.absent(why, environment.clock().instant());
      } else {
        part.failed(why, environment.clock().instant());
      }
      tellEnd(part);
      return Optional.empty();
    }
  }

  private void finish(ComponentProgress part, CompletableFuture<?> transfer, BackupWriter writer)
      throws IOException {
    try {
      ComponentThreads.await(transfer);
    } catch (IOException | RuntimeException e) {
      part.failed(
          Failures.of("component " + part.component().name(), e), environment.clock().instant());
    }
    tellEnd(part);
    endIfHopeless(part);
    writer.checkpoint(manifest(RunStatus.RUNNING));
  }

  /**
   * A run that can no longer be published ends at once, instead of loading the platform for
   * nothing.
   */
  private void endIfHopeless(ComponentProgress part) {
    boolean failed =
        part.status() != ComponentStatus.COMPLETED && part.status() != ComponentStatus.ABSENT;
    if (part.status() == ComponentStatus.RUNNING) {
      return;
    }
    if (failed && (part.component().critical() || part.isUnder(ErrorCode.Kind.REPOSITORY))) {
      cancellation.cancel(Cancellation.Reason.ABANDONED);
    }
  }

  /**
   * Called by whoever claimed the capture: its transfer when that ends, however late, or the run if
   * there was none.
   */
  private void letGo(ComponentProgress part, Held held) {
    try {
      held.capture().close();
    } catch (IOException | RuntimeException e) {
      warn(part, "letting the source go failed: " + e.getMessage());
    }
  }

  private void closeQuietly(Capture capture) {
    try {
      capture.close();
    } catch (IOException | RuntimeException e) {
      monitor.tell(
          new RunEvent.Warning(Optional.empty(), "letting a source go failed: " + e.getMessage()));
    }
  }

  private void warn(ComponentProgress part, String message) {
    part.warn(message);
    monitor.tell(new RunEvent.Warning(Optional.of(part.component().name().value()), message));
  }

  private void tellEnd(ComponentProgress part) {
    ComponentRecord record = part.record();
    monitor.tell(
        new RunEvent.ComponentFinished(
            record.name().value(),
            record.status().word(),
            record.failure().map(ComponentRecord.Failure::message)));
  }

  private HoldfastException stopped() {
    return new HoldfastException(
        cancellation.reason() == Cancellation.Reason.TIMEOUT
            ? ErrorCode.TIMEOUT
            : ErrorCode.CANCELLED,
        "was not begun, since the run had already ended",
        "");
  }

  private long size() {
    return parts.stream()
        .map(ComponentProgress::record)
        .mapToLong(ComponentRecord::sizeBytes)
        .sum();
  }

  private RunStatus status() {
    Cancellation.Reason reason = cancellation.reason();
    if (reason == Cancellation.Reason.TIMEOUT) {
      return RunStatus.TIMEOUT;
    }
    if (reason == Cancellation.Reason.CANCELLED) {
      return RunStatus.CANCELLED;
    }
    if (failure.isPresent()
        || reason == Cancellation.Reason.ABANDONED
        || parts.size() < plan.components().size()) {
      return RunStatus.FAILED;
    }
    boolean whole =
        parts.stream()
            .allMatch(p ->
                p.status() == ComponentStatus.COMPLETED || p.status() == ComponentStatus.ABSENT);
    return whole ? RunStatus.COMPLETED : RunStatus.PARTIAL;
  }

  private Manifest manifest(RunStatus status) {
    return new Manifest(
        plan.run(),
        backupId,
        status,
        plan.trigger(),
        plan.safetyFor(),
        plan.requested(),
        startedAt,
        status == RunStatus.RUNNING ? Optional.empty() : Optional.of(environment.clock().instant()),
        Optional.empty(),
        installation.name(),
        environment.host(),
        environment.softwareVersion(),
        plan.compression().word(),
        parts.stream().map(ComponentProgress::record).toList(),
        failure.map(Failures::record));
  }

  /**
   * A view that is held, what cancels its component, and how much of the component's time is left.
   */
  private record Held(
      Capture capture, Cancellation cancellation, Duration remaining, AtomicBoolean claimed) {}
}
