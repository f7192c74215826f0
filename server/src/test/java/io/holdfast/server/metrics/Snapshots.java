package io.holdfast.server.metrics;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.schedule.Due;
import io.holdfast.engine.schedule.Interval;
import io.holdfast.server.metrics.MetricsSnapshot.ComponentFigures;
import io.holdfast.server.metrics.MetricsSnapshot.Figures;
import io.holdfast.server.metrics.MetricsSnapshot.RepositoryFigures;
import io.holdfast.server.metrics.MetricsSnapshot.RunCount;
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

/** Snapshots to render. */
final class Snapshots {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private Snapshots() {}

  /** One of everything. */
  static MetricsSnapshot full() {
    var all =
        new Figures(
            Optional.of(NOON),
            Optional.of(NOON.minusSeconds(21_600)),
            Optional.of(Instant.parse("2026-11-15T03:00:00.250Z")),
            Optional.of(Duration.ofMillis(73_512)),
            OptionalLong.of(10_737_418_240L),
            OptionalLong.of(3_221_225_472L));
    var database =
        new Figures(
            all.lastAttempt(),
            all.lastSuccess(),
            all.lastVerification(),
            Optional.of(Duration.ofSeconds(12)),
            OptionalLong.of(1_048_576),
            OptionalLong.of(262_144));
    return new MetricsSnapshot(
        "0.1.0",
        all,
        Optional.of(RunStatus.FAILED),
        Map.of(
            new ComponentName("app-db"),
            new ComponentFigures("sqlite", true, database),
            new ComponentName("uploads"),
            new ComponentFigures("directory", false, Figures.UNKNOWN)),
        List.of(
            new RunCount(Operation.BACKUP, RunStatus.COMPLETED, 41),
            new RunCount(Operation.BACKUP, RunStatus.FAILED, 1),
            new RunCount(Operation.RESTORE, RunStatus.COMPLETED, 2)),
        Map.of(Operation.BACKUP, NOON.plusSeconds(7)),
        Optional.of(
            new SchedulerState(
                true,
                new Interval(Duration.ofHours(6)),
                Optional.of(new Due(NOON.plusSeconds(21_600), NOON.plusSeconds(21_660))),
                Optional.empty(),
                false,
                2,
                3)),
        Optional.of(Duration.ofHours(6)),
        Optional.of(
            new RepositoryFigures(
                Map.of("completed", 9L, "partial", 1L, "corrupt", 0L, "damaged", 0L),
                OptionalLong.of(32_212_254_720L),
                OptionalLong.of(107_374_182_400L))),
        Map.of(
            "laptop",
            new TargetFigures(5_000_000, 700, 12, 3, 1, OptionalLong.of(4_000_000)),
            "attic",
            new TargetFigures(0, 0, 0, 0, 0, OptionalLong.empty())),
        List.of(
            new WebhookState("ops", 17, 1, 0, 2, Optional.of(NOON), Optional.empty()),
            new WebhookState("chat", 0, 0, 0, 0, Optional.empty(), Optional.empty())),
        Optional.of(new HeartbeatState(1_000, 1, 2, Optional.of(NOON))));
  }

  /** A server that has just started, on a repository that it cannot read. */
  static MetricsSnapshot unknown() {
    return new MetricsSnapshot(
        "0.1.0",
        Figures.UNKNOWN,
        Optional.empty(),
        Map.of(new ComponentName("app-db"), new ComponentFigures("sqlite", true, Figures.UNKNOWN)),
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Optional.empty());
  }
}
