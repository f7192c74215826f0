package io.holdfast.server.api;

import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.catalogue.Catalogue;
import io.holdfast.server.document.BackupOrderJson;
import io.holdfast.server.document.BackupPageJson;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.CheckOrderJson;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.RepositoryCheckJson;
import io.holdfast.server.document.ValidationJson;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import io.holdfast.server.run.ActiveRun;
import io.holdfast.server.run.RunResult;
import io.holdfast.server.run.RunStart;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Backups: ordered, listed, shown, validated, deleted. */
final class BackupsApi {
  private static final List<Trigger> TRIGGERS =
      List.of(Trigger.MANUAL, Trigger.PRE_MIGRATION, Trigger.PRE_UPDATE);

  private final Services services;

  BackupsApi(Services services) {
    this.services = services;
  }

  Response create(Request request) throws Exception {
    var order =
        services.body(request, BackupOrderJson.class).orElse(new BackupOrderJson(null, null, null));
    List<ComponentName> components = Identifiers.components(order.components());
    components.forEach(this::requireConfigured);
    var wish =
        new BackupRequest(
            trigger(order.trigger()),
            components,
            Optional.of(compression(order.compression())),
            Optional.of(services.settings().retention()));
    return new KeyedRun(services.idempotency(), services.events())
        .answer(
            request,
            "backup",
            start -> {
              services.limits().require("backup.create", request.caller().name());
              return begin(request, wish, start);
            },
            this::created);
  }

  private ActiveRun begin(Request request, BackupRequest wish, RunStart start) {
    String action = "backup.create";
    try {
      return services
          .runs()
          .backup(
              wish,
              request.caller().name(),
              run -> {
                start.started(run);
                services.audit().started(request, action, run.value(), run);
              });
    } catch (HoldfastException e) {
      services.audit().refused(request, action, "", e.code().name());
      throw e;
    }
  }

  private Object created(ActiveRun run) {
    return switch (run.result().join()) {
      case RunResult.BackedUp(var outcome) when outcome.manifest().status().isPublished() ->
          Documents.backup(outcome.manifest());
      default -> throw ApiProblems.ended(services.memory().find(run.id()).orElse(run.record()));
    };
  }

  Response list(Request request) {
    int limit = Pages.limit(request);
    Optional<RunId> after = Pages.after(request);
    Catalogue.Page page = read(() -> services.catalogue().page(after, limit));
    var shown = new ArrayList<BackupSummaryJson>();
    if (after.isEmpty()) {
      // In addition to the page: no cursor leads past what has no place in the order.
      shown.addAll(read(services.catalogue()::unreadable));
    }
    shown.addAll(page.backups());
    services
        .events()
        .publish(
            ServerEvent.detail(EventName.BACKUP_LISTED, "backups were listed")
                .with("actor", request.caller().name()));
    return new Response.Document(
        200,
        new BackupPageJson(
            shown, Pages.pagination(limit, page.next().map(RunId::value).orElse(null))));
  }

  /** Reads the repository; that it cannot be read is no failed backup. */
  private static <T> T read(Supplier<T> reading) {
    String detail = "The repository cannot be read";
    try {
      return reading.get();
    } catch (HoldfastException e) {
      if (Problem.of(e).code() == ProblemCode.INTERNAL_ERROR) {
        throw new ProblemException(new Problem(ProblemCode.INTERNAL_ERROR, detail).because(e), e);
      }
      throw e;
    } catch (UncheckedIOException e) {
      throw new ProblemException(new Problem(ProblemCode.INTERNAL_ERROR, detail), e);
    }
  }

  private RunId named(Request request) {
    try {
      return Identifiers.backup(request, services.catalogue());
    } catch (HoldfastException e) {
      if (e.code() == ErrorCode.BACKUP_NOT_FOUND) {
        services
            .events()
            .publish(
                ServerEvent.detail(
                        EventName.BACKUP_NOT_FOUND, "a backup that is not there was asked for")
                    .with("actor", request.caller().name()));
      }
      throw e;
    }
  }

  Response get(Request request) {
    Manifest manifest =
        Manifests.read(
            services,
            named(request),
            new Problem(ProblemCode.INTERNAL_ERROR, "Backup operation failed"));
    return new Response.Document(200, Documents.backup(manifest));
  }

  Response delete(Request request) {
    RunId run = named(request);
    services.limits().require("backup.delete", request.caller().name());
    try {
      services.engine().delete(run);
    } catch (HoldfastException e) {
      services.audit().record(request, "backup.delete", run.value(), "failed: " + e.code().name());
      throw e;
    }
    services.audit().record(request, "backup.delete", run.value(), "completed");
    services
        .events()
        .publish(
            ServerEvent.info(EventName.BACKUP_DELETED, "backup " + run + " was deleted")
                .with("run_id", run.value()));
    return new Response.Empty(204);
  }

  Response validate(Request request) throws Exception {
    RunId run = named(request);
    services.audit().record(request, "backup.validate", run.value(), "started");
    return services
        .looks()
        .look(
            request,
            monitor -> {
              List<RepositoryProblem> problems = services.engine().validate(run, monitor);
              services.events().publish(verified(run, problems));
              services.audit().record(request, "backup.validate", run.value(), outcome(problems));
              return new ValidationJson(
                  run.value(),
                  problems.isEmpty(),
                  problems.stream().map(Documents::problem).toList());
            });
  }

  private static String outcome(List<RepositoryProblem> problems) {
    return problems.isEmpty() ? "completed: sound" : "completed: damaged";
  }

  private static ServerEvent verified(RunId run, List<RepositoryProblem> problems) {
    return (problems.isEmpty()
            ? ServerEvent.info(EventName.VERIFICATION_COMPLETED, "backup " + run + " is sound")
            : ServerEvent.error(
                EventName.VERIFICATION_FAILED,
                "backup " + run + " is damaged: " + problems.getFirst().message(),
                null))
        .with("run_id", run.value());
  }

  Response check(Request request) throws Exception {
    boolean readData =
        services.body(request, CheckOrderJson.class).map(CheckOrderJson::readData).orElse(false);
    services.audit().record(request, "repository.check", readData ? "all data" : "", "started");
    return services
        .looks()
        .look(
            request,
            monitor -> {
              List<RepositoryProblem> problems =
                  services.engine().upkeep().check(readData, monitor);
              services
                  .audit()
                  .record(
                      request, "repository.check", readData ? "all data" : "", outcome(problems));
              return new RepositoryCheckJson(
                  RepositoryCheckJson.SCHEMA,
                  services.engine().installation().repository().location(),
                  problems.isEmpty(),
                  readData,
                  services.catalogue().size(),
                  services.engine().foreign().list().size(),
                  problems.stream().map(Documents::problem).toList());
            });
  }

  private void requireConfigured(ComponentName name) {
    if (services.engine().installation().component(name).isEmpty()) {
      throw ApiProblems.invalid("components: no component is called " + name);
    }
  }

  private static Trigger trigger(@Nullable String word) {
    if (word == null) {
      return Trigger.MANUAL;
    }
    return TRIGGERS.stream()
        .filter(trigger -> trigger.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            ApiProblems.invalid(
                "trigger: one of "
                    + String.join(", ", TRIGGERS.stream().map(Trigger::word).toList())));
  }

  private Compression compression(@Nullable String word) {
    if (word == null) {
      return services.settings().compression();
    }
    return Compression.ofWord(word)
        .orElseThrow(() ->
            ApiProblems.invalid("compression: one of " + String.join(", ", Compression.words())));
  }
}
