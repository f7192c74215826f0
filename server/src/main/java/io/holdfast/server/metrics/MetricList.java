package io.holdfast.server.metrics;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.schedule.Due;
import io.holdfast.server.metrics.Families.Points;
import io.holdfast.server.metrics.MetricsSnapshot.ComponentFigures;
import io.holdfast.server.metrics.MetricsSnapshot.Figures;
import io.holdfast.server.metrics.MetricsSnapshot.RepositoryFigures;
import io.holdfast.server.metrics.MetricsSnapshot.RunCount;
import io.holdfast.server.notify.HeartbeatState;
import io.holdfast.server.notify.WebhookState;
import io.holdfast.server.schedule.SchedulerState;
import io.holdfast.server.state.RunRecord.Operation;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Every metric that there is. Names and meanings are an interface: alert rules elsewhere depend on
 * them.
 */
final class MetricList {
  private static final List<RunStatus> ENDED =
      Arrays.stream(RunStatus.values()).filter(status -> status != RunStatus.RUNNING).toList();

  private final Families families = new Families();

  private MetricList() {}

  static MetricSnapshots of(MetricsSnapshot snapshot) {
    var list = new MetricList();
    var components = new TreeMap<>(snapshot.components());
    list.build(snapshot.version());
    list.components(components);
    list.backups(snapshot.all(), components);
    snapshot.lastStatus().ifPresent(list::lastStatus);
    list.runs(snapshot.runs(), snapshot.underWay());
    snapshot.scheduler().ifPresent(list::scheduler);
    list.families.gauge(
        "holdfast_scheduler_expected_interval_seconds",
        "The longest time between two scheduled backups.",
        points -> points.addLength(snapshot.expectedInterval()));
    snapshot.repository().ifPresent(list::repository);
    new TargetMetrics(list.families).add(new TreeMap<>(snapshot.targets()));
    list.webhooks(snapshot.webhooks());
    snapshot.heartbeat().ifPresent(list::heartbeat);
    return list.families.all();
  }

  private void build(String version) {
    families.info(
        "holdfast_build",
        "Version of Holdfast, and of the Java that it runs on.",
        points -> points.add(1, "version", version, "java", Runtime.version().toString()));
  }

  private void components(Map<ComponentName, ComponentFigures> components) {
    families.info(
        "holdfast_component",
        "Components that are configured.",
        points ->
            components.forEach((name, component) ->
                points.add(
                    1,
                    "component",
                    name.value(),
                    "kind",
                    component.kind(),
                    "critical",
                    String.valueOf(component.critical()))));
  }

  private void backups(Figures all, Map<ComponentName, ComponentFigures> components) {
    BackupFamily family =
        (name, help, value) -> {
          families.gauge(
              "holdfast_backup_" + name,
              help.formatted("of everything"),
              points -> value.accept(points, all));
          families.gauge(
              "holdfast_component_" + name,
              help.formatted("of the component"),
              points ->
                  components.forEach((component, of) ->
                      value.accept(points.with("component", component.value()), of.figures())));
        };
    family.add(
        "last_attempt_timestamp_seconds",
        "When the last backup %s started, however it ended.",
        (points, of) -> points.addTime(of.lastAttempt()));
    family.add(
        "last_success_timestamp_seconds",
        "When the last successful backup %s started.",
        (points, of) -> points.addTime(of.lastSuccess()));
    family.add(
        "last_verification_timestamp_seconds",
        "When a backup %s was last read again and found sound.",
        (points, of) -> points.addTime(of.lastVerification()));
    family.add(
        "last_duration_seconds",
        "How long the last successful backup %s took.",
        (points, of) -> points.addLength(of.duration()));
    family.add(
        "last_size_bytes",
        "Content of the last successful backup %s.",
        (points, of) -> points.add(of.sizeBytes()));
    family.add(
        "last_stored_bytes",
        "What the last successful backup %s takes in the repository.",
        (points, of) -> points.add(of.storedBytes()));
  }

  /** Two families, of everything and of each component. */
  private interface BackupFamily {
    void add(String name, String help, BiConsumer<Points, Figures> value);
  }

  private void lastStatus(RunStatus last) {
    families.gauge(
        "holdfast_backup_last_status",
        "How the last backup of everything ended: 1 for that status, 0 for the others.",
        points -> ENDED.forEach(status -> points.add(status == last, "status", status.word())));
  }

  private void runs(List<RunCount> runs, Map<Operation, Instant> underWay) {
    families.counter(
        "holdfast_runs",
        "Runs that ended, by operation and status.",
        points -> {
          // All of them from the beginning: what comes into being with 1 has not increased.
          for (Operation operation : Operation.values()) {
            for (RunStatus status : ENDED) {
              long count =
                  runs.stream()
                      .filter(run -> run.operation() == operation && run.status() == status)
                      .mapToLong(RunCount::count)
                      .sum();
              points.add(count, "operation", operation.word(), "status", status.word());
            }
          }
        });
    families.gauge(
        "holdfast_run_under_way",
        "Whether a run of this operation is under way.",
        points -> {
          for (Operation operation : Operation.values()) {
            points.add(underWay.containsKey(operation), "operation", operation.word());
          }
        });
    families.gauge(
        "holdfast_run_under_way_since_timestamp_seconds",
        "When the run that is under way started.",
        points ->
            new TreeMap<>(underWay)
                .forEach((operation, since) ->
                    points.addTime(Optional.of(since), "operation", operation.word())));
  }

  private void scheduler(SchedulerState state) {
    families.gauge(
        "holdfast_scheduler_enabled",
        "Whether scheduled backups are made.",
        points -> points.add(state.enabled()));
    families.gauge(
        "holdfast_scheduler_next_due_timestamp_seconds",
        "When the next scheduled backup is to start.",
        points -> points.addTime(state.next().map(Due::start)));
    families.counter(
        "holdfast_scheduler_skipped_runs",
        "Scheduled backups that were left out because another run was under way.",
        points -> points.add(state.skipped()));
    families.counter(
        "holdfast_scheduler_missed_runs",
        "Scheduled backups that were left out because nobody was there to start them.",
        points -> points.add(state.missed()));
  }

  private void repository(RepositoryFigures repository) {
    families.gauge(
        "holdfast_repository_backups",
        "Backups in the repository, by status.",
        points ->
            new TreeMap<>(repository.backups())
                .forEach((status, count) -> points.add(count, "status", status)));
    families.gauge(
        "holdfast_repository_stored_bytes",
        "What the backups in the repository take.",
        points -> points.add(repository.storedBytes()));
    families.gauge(
        "holdfast_repository_free_bytes",
        "How much more the repository can take.",
        points -> points.add(repository.freeBytes()));
  }

  private void webhooks(List<WebhookState> webhooks) {
    families.counter(
        "holdfast_webhook_notifications",
        "Notifications by what became of them: delivered, failed when tried, or dropped untried.",
        points -> {
          for (WebhookState webhook : webhooks) {
            Points its = points.with("webhook", webhook.name());
            its.add(webhook.delivered(), "outcome", "delivered");
            its.add(webhook.failed(), "outcome", "failed");
            its.add(webhook.dropped(), "outcome", "dropped");
          }
        });
    families.gauge(
        "holdfast_webhook_waiting_notifications",
        "Notifications that wait to be delivered.",
        points ->
            webhooks.forEach(webhook -> points.add(webhook.waiting(), "webhook", webhook.name())));
    families.gauge(
        "holdfast_webhook_last_delivery_timestamp_seconds",
        "When a notification was last delivered.",
        points ->
            webhooks.forEach(
                webhook -> points.addTime(webhook.lastDelivered(), "webhook", webhook.name())));
  }

  private void heartbeat(HeartbeatState heartbeat) {
    families.counter(
        "holdfast_heartbeat_pings",
        "Heartbeats by what became of them: sent, failed, or withheld since not all was well.",
        points -> {
          points.add(heartbeat.sent(), "outcome", "sent");
          points.add(heartbeat.failed(), "outcome", "failed");
          points.add(heartbeat.withheld(), "outcome", "withheld");
        });
  }
}
