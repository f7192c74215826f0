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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
      return end(result(run, atMost));
    } catch (HoldfastException e) {
      if (e.code() == ErrorCode.BUSY) {
        events.publish(
            ServerEvent.warning(
                    EventName.BACKUP_IN_PROGRESS,
                    "the " + trigger.word() + " backup was skipped: " + e.message())
                .with("trigger", trigger.word()));
        return End.SKIPPED;
      }
      return failed(trigger, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(trigger, e);
    } catch (RuntimeException e) {
      return failed(trigger, e);
    }
  }

  private static RunResult result(ActiveRun run, Optional<Duration> atMost)
      throws InterruptedException {
    try {
      return atMost.isEmpty()
          ? run.result().get()
          : run.result().get(atMost.get().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      run.cancel();
      return run.result().join();
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  private static End end(RunResult result) {
    return result instanceof RunResult.BackedUp(var outcome)
            && (outcome.manifest().status() == RunStatus.COMPLETED
                || outcome.manifest().status() == RunStatus.PARTIAL)
        ? End.COMPLETED
        : End.FAILED;
  }

  private End failed(Trigger trigger, Exception cause) {
    events.publish(
        ServerEvent.error(
                EventName.BACKUP_FAILED,
                "the " + trigger.word() + " backup could not begin: " + cause.getMessage(),
                cause)
            .with("trigger", trigger.word()));
    return End.FAILED;
  }
}
