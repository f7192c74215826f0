package io.holdfast.server.lifecycle;

import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.api.NewestBackups;
import io.holdfast.server.api.Services;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.metrics.MetricsSnapshot;
import io.holdfast.server.metrics.MetricsSnapshot.ComponentFigures;
import io.holdfast.server.metrics.MetricsSnapshot.Figures;
import io.holdfast.server.metrics.MetricsSnapshot.RepositoryFigures;
import io.holdfast.server.run.ActiveRun;
import io.holdfast.server.state.RunRecord;
import io.holdfast.server.state.RunRecord.Operation;
import io.holdfast.server.state.StateException;
import io.holdfast.server.target.TargetFigures;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fills a snapshot of all that is measured: from the repository, so that a restart or a command
 * line beside the server changes nothing, and from what this process has counted. What cannot be
 * found out now is left out.
 */
final class Measurements {
  /** Backups that figures are looked for in, the newest first. */
  private static final int LOOKED_AT = 200;

  /** Runs that the last one of everything is looked for among. */
  private static final int RUNS_LOOKED_AT = 10;

  private static final JsonType<BackupCreateJson> BACKUPS =
      Jsonb.builder().build().type(BackupCreateJson.class);

  /** The word for backups whose last verification failed. */
  private static final String DAMAGED = "damaged";

  /** What somebody else does to the repository shows after so long. */
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final Services services;
  private final ScheduledBackups schedule;
  private final Notifications notifications;
  private final RunCounts counts;
  private final Supplier<Map<String, TargetFigures>> targets;
  private final AtomicLong changes = new AtomicLong();
  private final Remembered<Long, Kept> kept;

  /** What takes a look at every backup, and is asked of anybody who can reach the server. */
  private record Kept(
      Optional<BackupSummaryJson> success,
      Optional<Instant> verified,
      Map<ComponentName, ComponentFigures> components,
      Optional<RepositoryFigures> repository) {}

  Measurements(
      Services services,
      ScheduledBackups schedule,
      Notifications notifications,
      RunCounts counts,
      Supplier<Map<String, TargetFigures>> targets) {
    this.targets = targets;
    this.services = services;
    this.schedule = schedule;
    this.notifications = notifications;
    this.counts = counts;
    this.kept = new Remembered<>(KEPT, services.clock());
  }

  /** What has been found out of the repository is out of date: something has happened there. */
  void changed() {
    changes.incrementAndGet();
  }

  MetricsSnapshot snapshot() {
    Kept found = kept.get(changes.get(), this::look);
    Optional<RunRecord> last = lastBackup();
    return new MetricsSnapshot(
        services.status().version(),
        all(found, last),
        last.map(RunRecord::status).filter(status -> status != RunStatus.RUNNING),
        found.components(),
        counts.counts(),
        services
            .runs()
            .current()
            .map(ActiveRun::record)
            .map(run -> Map.of(run.operation(), run.startedAt()))
            .orElse(Map.of()),
        Optional.of(schedule.state()),
        schedule.expectedInterval(),
        found.repository(),
        targets.get(),
        notifications.webhooks(),
        notifications.heartbeat());
  }

  private Kept look() {
    List<BackupSummaryJson> newest = newest();
    return new Kept(success(), verified(newest), components(), repository());
  }

  private Optional<BackupSummaryJson> success() {
    try {
      return services.catalogue().newestSuccess(LOOKED_AT);
    } catch (HoldfastException | UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }

  private List<BackupSummaryJson> newest() {
    try {
      return services.catalogue().page(Optional.empty(), LOOKED_AT).backups().stream()
          .filter(services.catalogue()::isOwn)
          .filter(backup -> backup.safetyFor() == null && backup.backupId() != null)
          .toList();
    } catch (HoldfastException | UncheckedIOException unreadable) {
      return List.of();
    }
  }

  /** The last backup of everything; one of named components says nothing of the others. */
  private Optional<RunRecord> lastBackup() {
    try {
      return services
          .state()
          .runs()
          .page(Set.of(Operation.BACKUP), Optional.empty(), RUNS_LOOKED_AT)
          .stream()
          .filter(Measurements::isOfEverything)
          .findFirst();
    } catch (StateException unanswered) {
      return Optional.empty();
    }
  }

  private static boolean isOfEverything(RunRecord run) {
    // One without a document is under way, or its server was killed: most are of everything.
    return run.document()
        .map(document -> BACKUPS.fromJson(document).backup().requested().isEmpty())
        .orElse(true);
  }

  private Figures all(Kept found, Optional<RunRecord> last) {
    Optional<BackupSummaryJson> success = found.success();
    return new Figures(
        last.map(RunRecord::startedAt).or(() -> success.map(BackupSummaryJson::startedAt)),
        success.map(BackupSummaryJson::startedAt),
        found.verified(),
        success.flatMap(backup -> length(backup.startedAt(), backup.finishedAt())),
        number(success.map(BackupSummaryJson::sizeBytes)),
        success.map(Measurements::storedBytes).orElse(OptionalLong.empty()));
  }

  private Optional<Instant> verified(List<BackupSummaryJson> newest) {
    return newest.stream()
        .flatMap(backup -> services.engine().verifiedAt(backup.run()).stream())
        .max(Instant::compareTo);
  }

  private Map<ComponentName, ComponentFigures> components() {
    List<Component> components = services.engine().installation().components();
    var figures = new HashMap<ComponentName, ComponentFigures>();
    NewestBackups newest = null;
    try {
      newest =
          new NewestBackups(
              services.engine(),
              services.catalogue(),
              components.stream().map(Component::name).toList());
    } catch (HoldfastException | UncheckedIOException unreadable) {
      // What is configured is told all the same.
    }
    for (Component component : components) {
      Optional<Manifest> backup = newest == null ? Optional.empty() : newest.of(component.name());
      figures.put(
          component.name(),
          new ComponentFigures(
              component.kind(),
              component.critical(),
              backup
                  .flatMap(manifest -> manifest.component(component.name()))
                  .map(record -> component(record, backup.get()))
                  .orElse(Figures.UNKNOWN)));
    }
    return figures;
  }

  private Figures component(ComponentRecord record, Manifest backup) {
    return new Figures(
        // Attempts that failed are not told apart by component.
        Optional.empty(),
        Optional.of(record.startedAt()),
        services.engine().verifiedAt(backup.runId()),
        length(record.startedAt(), record.finishedAt().orElse(null)),
        OptionalLong.of(record.sizeBytes()),
        OptionalLong.empty());
  }

  private Optional<RepositoryFigures> repository() {
    try {
      var byStatus = new TreeMap<String, Long>();
      long stored = 0;
      boolean known = true;
      for (BackupSummaryJson backup : services.catalogue().all()) {
        byStatus.merge(isDamaged(backup) ? DAMAGED : backup.status(), 1L, Long::sum);
        OptionalLong bytes = storedBytes(backup);
        known &= bytes.isPresent();
        stored += bytes.orElse(0);
      }
      for (BackupSummaryJson backup : services.catalogue().unreadable()) {
        byStatus.merge(backup.status(), 1L, Long::sum);
      }
      return Optional.of(
          new RepositoryFigures(
              byStatus,
              known ? OptionalLong.of(stored) : OptionalLong.empty(),
              services.engine().freeBytes()));
    } catch (HoldfastException | UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }

  /** What is stored as plain files takes as much as it holds. */
  private static OptionalLong storedBytes(BackupSummaryJson backup) {
    Long stored =
        Compression.NONE.word().equals(backup.compression()) && backup.storedBytes() == null
            ? backup.sizeBytes()
            : backup.storedBytes();
    return stored == null ? OptionalLong.empty() : OptionalLong.of(stored);
  }

  /** Whether its content was found damaged; of one whose manifest is, the status says it. */
  private boolean isDamaged(BackupSummaryJson backup) {
    return backup.backupId() != null && services.engine().isDamaged(backup.run());
  }

  private static Optional<Duration> length(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null ? Optional.empty() : Optional.of(Duration.between(from, to));
  }

  private static OptionalLong number(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
