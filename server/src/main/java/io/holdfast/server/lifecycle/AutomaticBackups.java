package io.holdfast.server.lifecycle;

import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.run.ActiveRun;
import io.holdfast.server.run.RunResult;
import io.holdfast.server.run.RunStart;
import io.holdfast.server.run.Runs;
import io.holdfast.server.setting.BackupSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Backups that nobody asks for. Whatever becomes of them, nothing is thrown: a backup that fails
 * never harms the platform (P12).
 */
final class AutomaticBackups {
  /** How one ended. */
  enum End {
    COMPLETED,
    FAILED,
    /** Another run was under way. */
    SKIPPED
  }

  /** How long one that was cancelled may take to stop. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final Runs runs;
  private final BackupSettings settings;
  private final ServerEvents events;

  AutomaticBackups(Runs runs, BackupSettings settings, ServerEvents events) {
    this.runs = runs;
    this.settings = settings;
    this.events = events;
  }

  /** Makes one that is due, and waits for its end. */
  End scheduled() {
    return make(Trigger.SCHEDULED, settings.compression(), Optional.empty());
  }

  /** Makes one before requests are accepted, and waits for its end. */
  End startup() {
    return make(Trigger.STARTUP, settings.compression(), Optional.empty());
  }

  /** Makes one before the end, uncompressed; cancels it when the time is up. */
  End shutdown(Duration atMost) {
    return make(Trigger.SHUTDOWN, Compression.NONE, Optional.of(atMost));
  }

  private End make(Trigger trigger, Compression compression, Optional<Duration> atMost) {
    try {
      ActiveRun run =
          runs.backup(
              new BackupRequest(
                  trigger, List.of(), Optional.of(compression), Optional.of(settings.retention())),
              trigger.word(),
              RunStart.UNHEEDED);
      return result(run, atMost).map(AutomaticBackups::end).orElse(End.FAILED);
    } catch (HoldfastException e) {
      if (e.code() != ErrorCode.BUSY) {
        // Told where it happened.
        return End.FAILED;
      }
      events.publish(
          ServerEvent.warning(
                  EventName.BACKUP_IN_PROGRESS,
                  "the " + trigger.word() + " backup was skipped: " + e.message())
              .with("trigger", trigger.word()));
      return End.SKIPPED;
    } catch (RuntimeException told) {
      return End.FAILED;
    }
  }

  /** How a run ended; empty if it does not end even though it was asked to. */
  private Optional<RunResult> result(ActiveRun run, Optional<Duration> atMost) {
    if (atMost.isEmpty()) {
      return Optional.of(run.result().join());
    }
    Optional<RunResult> inTime = await(run, atMost.get());
    if (inTime.isPresent()) {
      return inTime;
    }
    run.cancel();
    Optional<RunResult> late = await(run, GRACE);
    if (late.isEmpty()) {
      events.publish(
          ServerEvent.error(
                  EventName.BACKUP_FAILED,
                  "backup " + run.id() + " does not end; the next start files it as interrupted",
                  null)
              .with("run_id", run.id().value()));
    }
    return late;
  }

  /** An interrupted thread waits all the same: what comes next must not run beside the run. */
  private static Optional<RunResult> await(ActiveRun run, Duration atMost) {
    return run.result()
        .<Optional<RunResult>>thenApply(Optional::of)
        .completeOnTimeout(Optional.empty(), atMost.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private static End end(RunResult result) {
    return result instanceof RunResult.BackedUp(var outcome)
            && (outcome.manifest().status() == RunStatus.COMPLETED
                || outcome.manifest().status() == RunStatus.PARTIAL)
        ? End.COMPLETED
        : End.FAILED;
  }
}
