package io.holdfast.cli.stub;

import static io.holdfast.cli.stub.StubApi.body;

import io.holdfast.engine.Engine;
import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.BackupOrderJson;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.PaginationJson;
import io.holdfast.server.document.RestoreAnswerJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RestoreOrderJson;
import io.holdfast.server.document.RunJson;
import io.holdfast.server.document.RunPageJson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The runs of the stub: made by an engine, remembered as long as the stub lives. */
final class StubRuns {
  private final Engine engine;
  private final Map<String, Active> runs = new ConcurrentSkipListMap<>();

  private record Active(
      String operation,
      Instant startedAt,
      RunMonitor monitor,
      CompletableFuture<Object> done,
      CompletableFuture<Ending> ending) {}

  /** What is remembered of a run that ended. */
  private record Ending(
      String status, @Nullable BackupCreateJson backup, @Nullable RestoreJson restore) {}

  /** A run that published or restored nothing. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String run;

    Ended(String run) {
      this.run = run;
    }

    String problem() {
      return StubProblem.text(
          500,
          Map.of("error_code", "X", "detail", "Operation failed; see run " + run, "run_id", run));
    }
  }

  /** The document of the answer, and what is remembered. */
  private record Made(@Nullable Object answer, Ending ending) {}

  StubRuns(Engine engine) {
    this.engine = engine;
  }

  void backup(StubRequest request) throws Exception {
    BackupOrderJson order = body(request, BackupOrderJson.class);
    var wish =
        new BackupRequest(
            Trigger.MANUAL,
            names(order.components()),
            Optional.ofNullable(order.compression()).flatMap(Compression::ofWord));
    run(
        request,
        "backup",
        monitor -> {
          BackupOutcome outcome = engine.backup(wish, monitor);
          var document = Documents.backup(outcome.manifest());
          var created =
              new BackupCreateJson(
                  BackupCreateJson.SCHEMA,
                  document,
                  outcome.pruned().stream().map(RunId::value).toList(),
                  outcome.warnings());
          RunStatus status = outcome.manifest().status();
          return new Made(
              status.isPublished() ? document : null, new Ending(status.word(), created, null));
        });
  }

  void restore(StubRequest request) throws Exception {
    RestoreOrderJson order = body(request, RestoreOrderJson.class);
    var wish =
        new RestoreRequest(
            engine.resolve(String.valueOf(order.backupId())),
            names(order.components()),
            Optional.ofNullable(order.destination()).map(FilePath::of),
            Boolean.TRUE.equals(order.dryRun()));
    run(
        request,
        wish.dryRun() ? "dry_run" : "restore",
        monitor -> {
          RestoreOutcome outcome = engine.restore(wish, monitor);
          RestoreJson document = Documents.restore(wish, outcome);
          boolean well = outcome.status() == RunStatus.COMPLETED && outcome.failure().isEmpty();
          var answer =
              new RestoreAnswerJson(
                  document.runId(), document.backupId(), List.of(), null, true, document);
          return new Made(well ? answer : null, new Ending(document.status(), null, document));
        });
  }

  private void run(StubRequest request, String operation, Function<RunMonitor, Made> work)
      throws Exception {
    var named = new CompletableFuture<String>();
    var done = new CompletableFuture<Object>();
    var ending = new CompletableFuture<Ending>();
    var monitor =
        new RunMonitor(event -> {
          if (event instanceof RunEvent.RunStarted(var id, var what)) {
            named.complete(id.value());
          }
        });
    Thread.ofPlatform()
        .start(() -> {
          try {
            Made made = work.apply(monitor);
            ending.complete(made.ending());
            if (made.answer() == null) {
              done.completeExceptionally(new Ended(named.join()));
            } else {
              done.complete(made.answer());
            }
          } catch (Throwable e) {
            named.completeExceptionally(e);
            done.completeExceptionally(e);
          }
        });
    String id;
    try {
      id = named.join();
    } catch (java.util.concurrent.CompletionException e) {
      throw (Exception) e.getCause();
    }
    runs.put(id, new Active(operation, Instant.now(), monitor, done, ending));
    try (var events = request.events()) {
      events.send("run", document(id));
      StubWork.follow(events, monitor::progress, done);
    }
  }

  private static List<ComponentName> names(@Nullable List<String> names) {
    return names == null ? List.of() : names.stream().map(ComponentName::new).toList();
  }

  private RunJson document(String id) {
    Active run = runs.get(id);
    Ending ending = run.ending().getNow(null);
    return new RunJson(
        id,
        run.operation(),
        run.operation().equals("backup") ? "manual" : null,
        ending == null ? "running" : ending.status(),
        run.startedAt(),
        ending == null ? null : Instant.now(),
        "tester",
        null,
        null,
        null,
        ending == null ? null : ending.backup(),
        ending == null ? null : ending.restore());
  }

  RunPageJson page() {
    List<RunJson> all =
        runs.keySet().stream()
            .sorted(java.util.Comparator.reverseOrder())
            .map(this::document)
            .toList();
    return new RunPageJson(all, new PaginationJson(200, false, null));
  }

  private @Nullable String known(StubRequest request, int fromEnd) throws IOException {
    String id = request.segment(fromEnd);
    if (!runs.containsKey(id)) {
      request.problem(404, "RECORD_NOT_FOUND", "There is no run " + id);
      return null;
    }
    return id;
  }

  void show(StubRequest request) throws IOException {
    String id = known(request, 0);
    if (id != null) {
      request.json(200, document(id));
    }
  }

  void progress(StubRequest request) throws Exception {
    String id = known(request, 1);
    if (id != null) {
      Active run = runs.get(id);
      try (var events = request.events()) {
        StubWork.follow(events, run.monitor()::progress, run.ending().thenApply(e -> document(id)));
      }
    }
  }

  void cancel(StubRequest request) throws IOException {
    String id = known(request, 1);
    if (id != null) {
      runs.get(id).monitor().cancellation().cancel(Cancellation.Reason.CANCELLED);
      request.json(202, document(id));
    }
  }
}
