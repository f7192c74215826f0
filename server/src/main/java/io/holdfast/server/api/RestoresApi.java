package io.holdfast.server.api;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.RestoreAnswerJson;
import io.holdfast.server.document.RestoreOrderJson;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import io.holdfast.server.run.ActiveRun;
import io.holdfast.server.run.RunResult;
import io.holdfast.server.run.RunStart;
import io.holdfast.server.state.RunRecord.Operation;
import io.holdfast.server.state.StateException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Restores, and dry runs of them. */
final class RestoresApi {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Services services;

  RestoresApi(Services services) {
    this.services = services;
  }

  Response create(Request request) throws Exception {
    RestoreOrderJson order = services.json().read(request, RestoreOrderJson.class);
    boolean dryRun = Boolean.TRUE.equals(order.dryRun());
    Optional<FilePath> destination = destination(order.destination());
    if (!dryRun && destination.isEmpty() && !Boolean.TRUE.equals(order.confirm())) {
      services.audit().refused(request, action(false), "", "not confirmed");
      throw ApiProblems.invalid("Restore requires confirm=true");
    }
    List<ComponentName> components = Identifiers.components(order.components());
    return new KeyedRun(services.idempotency(), services.events())
        .answer(
            request,
            "restore",
            start -> begin(request, order, components, destination, start),
            this::restored);
  }

  /**
   * Begins a restore. What a replay must not depend on is looked at here and not before: whether
   * the backup is still there, and how many restores there were.
   */
  private ActiveRun begin(
      Request request,
      RestoreOrderJson order,
      List<ComponentName> components,
      Optional<FilePath> destination,
      RunStart start) {
    boolean dryRun = Boolean.TRUE.equals(order.dryRun());
    RunId backup = backup(order.backupId(), components);
    requireReadable(backup);
    if (!dryRun) {
      limit(request);
    }
    var wish =
        new RestoreRequest(
            backup, components, destination, dryRun, Boolean.TRUE.equals(order.delta()));
    ActiveRun run;
    try {
      run =
          services
              .runs()
              .restore(
                  wish,
                  request.caller().name(),
                  id -> {
                    start.started(id);
                    services.audit().started(request, action(dryRun), subject(wish, id), id);
                  });
    } catch (HoldfastException e) {
      services.audit().refused(request, action(dryRun), subject(wish, null), e.code().name());
      throw ApiProblems.notRestored(e, destination.isPresent());
    }
    return run;
  }

  private static String action(boolean dryRun) {
    return dryRun ? "backup.restore.dry_run" : "backup.restore";
  }

  /** What is restored, and where to unless that is where it came from. */
  private static String subject(RestoreRequest wish, @Nullable RunId run) {
    return wish.backup()
        + (run == null ? "" : " by run " + run)
        + (wish.components().isEmpty()
            ? ""
            : ", components "
                + String.join(", ", wish.components().stream().map(ComponentName::value).toList()))
        + wish.destination().map(place -> ", to " + place).orElse("");
  }

  private Object restored(ActiveRun run) {
    return switch (run.result().join()) {
      case RunResult.Restored(var wish, var outcome)
          when outcome.status() == RunStatus.COMPLETED && outcome.failure().isEmpty() ->
          new RestoreAnswerJson(
              outcome.run().value(),
              outcome.backup().backupId().value(),
              outcome.components().stream().map(ComponentName::value).toList(),
              outcome.safetyBackup().map(safety -> safety.backupId().value()).orElse(null),
              !outcome.dryRun() && wish.destination().isEmpty(),
              Documents.restore(wish, outcome));
      case RunResult.Restored(var wish, var outcome)
          when wish.destination().isPresent()
              && outcome
                  .failure()
                  .map(why -> why.code() == ErrorCode.TARGET_UNSUITABLE)
                  .orElse(false) ->
          throw ApiProblems.unsuitable(outcome.run(), outcome.failure().orElseThrow());
      default -> throw ApiProblems.ended(services.memory().find(run.id()).orElse(run.record()));
    };
  }

  private RunId backup(@Nullable String id, List<ComponentName> components) {
    if (id == null) {
      throw ApiProblems.invalid("backup_id: which backup");
    }
    if (id.equals("latest")) {
      return services.engine().resolve(id, components);
    }
    if (!BackupId.isBackupId(id) && !RunId.isRunId(id)) {
      throw ApiProblems.invalid("backup_id: 12 lowercase hexadecimal digits, a run id, or latest");
    }
    return services.catalogue().resolve(id);
  }

  /** What a manifest does not say truly is told apart from what fails later. */
  private void requireReadable(RunId backup) {
    var unused =
        Manifests.read(
            services, backup, new Problem(ProblemCode.VALIDATION_ERROR, "Invalid backup manifest"));
  }

  /** Counted in the state database, so that a restart does not forget. */
  private void limit(Request request) {
    Instant now = services.clock().instant();
    List<Instant> started;
    try {
      started =
          services
              .state()
              .runs()
              .startsSince(Operation.RESTORE, request.caller().name(), now.minus(HOUR))
              .stream()
              // A clock that was ahead must not keep anybody from a restore now.
              .filter(start -> !start.isAfter(now))
              .toList();
    } catch (StateException unanswered) {
      // Nobody is kept from a restore by a database that is not needed for it (P11).
      return;
    }
    int over = started.size() - services.restoresAnHour();
    if (over >= 0) {
      services.audit().refused(request, action(false), "", "too many");
      throw new ProblemException(
          new Problem(
              ProblemCode.RATE_LIMITED,
              "at most " + services.restoresAnHour() + " restores an hour",
              OptionalLong.of(secondsUntil(started.get(over).plus(HOUR), now))));
    }
  }

  /** Whole seconds, after which the instant has passed; 1 or more. */
  private static long secondsUntil(Instant instant, Instant now) {
    return Math.max(0, Duration.between(now, instant).toSeconds()) + 1;
  }

  private static Optional<FilePath> destination(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
      throw ApiProblems.invalid("destination: an absolute path on the server");
    }
    return Optional.of(FilePath.of(Path.of(text).normalize()));
  }
}
