package io.holdfast.server.metrics;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.notify.HeartbeatState;
import io.holdfast.server.notify.WebhookState;
import io.holdfast.server.schedule.SchedulerState;
import io.holdfast.server.state.RunRecord.Operation;
import io.holdfast.server.target.TargetFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that is measured, at one moment.
 *
 * @param version of Holdfast
 * @param all of backups of everything that is configured, whatever their trigger; without safety
 *     backups
 * @param lastStatus how the last of these ended
 * @param components of each configured component, by name
 * @param runs runs that ended since the server started
 * @param underWay runs that have not ended, with their start; at most one of each operation
 * @param scheduler the scheduler
 * @param expectedInterval the longest time between two scheduled runs; empty while the schedule is
 *     off or never due
 * @param repository the repository; empty while it cannot be read
 * @param targets of each target, by name
 * @param webhooks each webhook, by its name
 * @param heartbeat the heartbeat, if there is one
 */
public record MetricsSnapshot(
    String version,
    Figures all,
    Optional<RunStatus> lastStatus,
    Map<ComponentName, ComponentFigures> components,
    List<RunCount> runs,
    Map<Operation, Instant> underWay,
    Optional<SchedulerState> scheduler,
    Optional<Duration> expectedInterval,
    Optional<RepositoryFigures> repository,
    Map<String, TargetFigures> targets,
    List<WebhookState> webhooks,
    Optional<HeartbeatState> heartbeat) {

  /**
   * The last backups, of one component or of all. Of all, a backup is a success if it was
   * published: an optional component that is missing from it shows in that component's figures.
   *
   * @param lastAttempt when the last one started, however it ended
   * @param lastSuccess when the last successful one started, which is about the instant that a
   *     restore leads back to
   * @param lastVerification when a backup was last read again and found sound
   * @param duration how long the last successful one took
   * @param sizeBytes content of the last successful one
   * @param storedBytes what it takes in the repository
   */
  public record Figures(
      Optional<Instant> lastAttempt,
      Optional<Instant> lastSuccess,
      Optional<Instant> lastVerification,
      Optional<Duration> duration,
      OptionalLong sizeBytes,
      OptionalLong storedBytes) {
    /** Nothing is known. */
    public static final Figures UNKNOWN =
        new Figures(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
  }

  /** One component. */
  public record ComponentFigures(String kind, boolean critical, Figures figures) {}

  /** So many runs of one operation ended in one way. */
  public record RunCount(Operation operation, RunStatus status, long count) {}

  /**
   * The repository.
   *
   * @param backups how many backups there are, by status: the words of lists of backups, and {@code
   *     damaged} for those whose last verification failed
   * @param storedBytes what all of them take
   * @param freeBytes how much more could be stored
   */
  public record RepositoryFigures(
      Map<String, Long> backups, OptionalLong storedBytes, OptionalLong freeBytes) {}
}
