package io.holdfast.server.run;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.state.RunRecord;
import io.holdfast.server.state.RunRecord.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What runs tell, as events of the server. Pure. */
public final class RunTold {
  private RunTold() {}

  /**
   * The event that stands for one of the engine's; empty for what only progress shows.
   *
   * @param run the run, once it has its name
   */
  public static Optional<ServerEvent> of(RunEvent event, @Nullable RunId run) {
    Optional<ServerEvent> told =
        switch (event) {
          case RunEvent.RunStarted(var id, var operation) ->
              Optional.of(
                  ServerEvent.info(
                      switch (operation) {
                        case "backup" -> EventName.BACKUP_STARTED;
                        case "restore" -> EventName.RESTORE_STARTED;
                        default -> EventName.DRY_RUN_STARTED;
                      },
                      operation + " " + id + " started"));
          case RunEvent.PhaseStarted _ -> Optional.empty();
          case RunEvent.ComponentStarted(var component) ->
              Optional.of(
                  ServerEvent.info(
                          EventName.COMPONENT_STARTED, "component " + component + " started")
                      .with("component", component));
          case RunEvent.ComponentFinished(var component, var outcome, var message) ->
              Optional.of(component(component, outcome, message));
          case RunEvent.Warning(var component, var message) ->
              Optional.of(
                  ServerEvent.warning(EventName.RUN_WARNING, message)
                      .with("component", component.orElse("")));
          case RunEvent.RestoreRecovered(var id, var rolledBack) ->
              Optional.of(
                  ServerEvent.warning(
                          EventName.RESTORE_ROLLBACK,
                          "restore "
                              + id
                              + ", which was interrupted, was "
                              + (rolledBack ? "rolled back" : "brought to its end"))
                      .with("interrupted_run", id.value()));
          case RunEvent.InterruptedRunFiled(var id) ->
              Optional.of(
                  ServerEvent.warning(
                          EventName.BACKUP_FAILED,
                          "run " + id + ", which was interrupted, is now listed as failed")
                      .with("interrupted_run", id.value()));
          case RunEvent.BackupPruned(var id) ->
              Optional.of(
                  ServerEvent.info(EventName.RETENTION_PRUNED, "retention removed backup " + id)
                      .with("pruned_run", id.value()));
        };
    return told.map(known -> run == null ? known : known.with("run_id", run.value()));
  }

  private static ServerEvent component(String component, String outcome, Optional<String> message) {
    boolean well = outcome.equals("completed") || outcome.equals("restored");
    String text = "component " + component + ": " + outcome + message.map(m -> ": " + m).orElse("");
    ServerEvent event =
        well
            ? ServerEvent.info(EventName.COMPONENT_COMPLETED, text)
            : ServerEvent.warning(EventName.COMPONENT_FAILED, text);
    return event.with("component", component).with("outcome", outcome);
  }

  /** What else is worth an event of its own when a run has ended. */
  static List<ServerEvent> besides(RunRecord run, RunResult result) {
    var events = new ArrayList<ServerEvent>();
    if (run.failure().map(f -> f.code() == ErrorCode.RESTORE_ROLLED_BACK).orElse(false)) {
      events.add(
          ServerEvent.warning(
                  EventName.RESTORE_ROLLBACK, "restore " + run.run() + " put every target back")
              .with("run_id", run.run().value()));
    }
    if (result instanceof RunResult.BackedUp(var outcome)) {
      if (outcome.manifest().status() == RunStatus.PARTIAL) {
        events.add(partial(outcome.manifest()));
      }
      if (outcome.manifest().status().isPublished()) {
        events.add(
            ServerEvent.info(
                    EventName.MANIFEST_WRITTEN,
                    "the manifest of backup " + run.run() + " is written")
                .with("run_id", run.run().value())
                .with("backup_id", outcome.manifest().backupId().value()));
      }
      // Of a backup that was published, the engine's warnings are about what comes after it.
      for (String warning : outcome.warnings()) {
        events.add(
            ServerEvent.error(EventName.RETENTION_FAILED, warning, null)
                .with("run_id", run.run().value()));
      }
    }
    return events;
  }

  private static ServerEvent partial(Manifest manifest) {
    String missing =
        manifest.components().stream()
            .filter(component -> component.failure().isPresent())
            .filter(component -> !component.isRestorable())
            .map(component ->
                component.name()
                    + component.failure().map(failure -> " (" + failure.message() + ")").orElse(""))
            .collect(Collectors.joining(", "));
    return ServerEvent.warning(
            EventName.BACKUP_PARTIAL, "backup " + manifest.runId() + " lacks " + missing)
        .with("run_id", manifest.runId().value())
        .with("trigger", manifest.trigger().word());
  }

  /** That a run could not even begin, which is a failure as much as any other. */
  static ServerEvent notBegun(
      Operation operation, Optional<Trigger> trigger, String actor, Throwable why) {
    ServerEvent event =
        ServerEvent.error(
                switch (operation) {
                  case BACKUP -> EventName.BACKUP_FAILED;
                  case RESTORE -> EventName.RESTORE_FAILED;
                  case DRY_RUN -> EventName.DRY_RUN_FAILED;
                },
                "the "
                    + trigger.map(name -> name.word() + " ").orElse("")
                    + operation.word().replace('_', ' ')
                    + " could not begin: "
                    + why.getMessage(),
                why)
            .with("operation", operation.word())
            .with("status", RunStatus.FAILED.word())
            .with("actor", actor);
    if (trigger.isPresent()) {
      event = event.with("trigger", trigger.get().word());
    }
    return why instanceof HoldfastException known
        ? event.with("error_code", known.code().name())
        : event;
  }

  /** How a run ended: the event that people are woken for, if any. */
  static ServerEvent ended(RunRecord run) {
    String text =
        run.operation().word().replace('_', ' ')
            + " "
            + run.run()
            + " "
            + run.status().word()
            + run.failure().map(failure -> ": " + failure.message()).orElse("");
    var event = new ServerEvent(name(run), severity(run), Map.of(), text, null);
    event =
        event
            .with("run_id", run.run().value())
            .with("operation", run.operation().word())
            .with("status", run.status().word())
            .with("actor", run.actor());
    if (run.trigger().isPresent()) {
      event = event.with("trigger", run.trigger().get().word());
    }
    return run.failure().isPresent()
        ? event.with("error_code", run.failure().get().code().name())
        : event;
  }

  private static EventName name(RunRecord run) {
    boolean well = isWell(run);
    boolean cancelled = run.status() == RunStatus.CANCELLED;
    return switch (run.operation()) {
      case BACKUP ->
          well
              ? EventName.BACKUP_COMPLETED
              : cancelled ? EventName.BACKUP_CANCELLED : EventName.BACKUP_FAILED;
      case RESTORE ->
          well
              ? EventName.RESTORE_COMPLETED
              : cancelled ? EventName.RESTORE_CANCELLED : EventName.RESTORE_FAILED;
      case DRY_RUN -> well ? EventName.DRY_RUN_COMPLETED : EventName.DRY_RUN_FAILED;
    };
  }

  private static ServerEvent.Severity severity(RunRecord run) {
    return switch (run.status()) {
      case COMPLETED -> ServerEvent.Severity.INFO;
      case PARTIAL, CANCELLED -> ServerEvent.Severity.WARNING;
      default ->
          run.operation() == Operation.DRY_RUN
              ? ServerEvent.Severity.WARNING
              : ServerEvent.Severity.ERROR;
    };
  }

  private static boolean isWell(RunRecord run) {
    return run.status() == RunStatus.COMPLETED || run.status() == RunStatus.PARTIAL;
  }
}
