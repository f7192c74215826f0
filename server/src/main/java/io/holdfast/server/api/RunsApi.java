package io.holdfast.server.api;

import io.holdfast.engine.run.RunId;
import io.holdfast.server.document.RunJson;
import io.holdfast.server.document.RunPageJson;
import io.holdfast.server.http.Access;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import io.holdfast.server.run.ActiveRun;
import io.holdfast.server.state.RunRecord;
import io.holdfast.server.state.RunRecord.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Runs: looked at, watched, cancelled. */
final class RunsApi {
  private static final Set<Operation> ALL = Set.of(Operation.values());
  private static final Set<Operation> RESTORES = Set.of(Operation.RESTORE, Operation.DRY_RUN);

  private final Services services;

  RunsApi(Services services) {
    this.services = services;
  }

  Response list(Request request) {
    return page(request, ALL);
  }

  Response listRestores(Request request) {
    return page(request, RESTORES);
  }

  Response get(Request request) {
    return new Response.Document(200, view(find(request, ALL)));
  }

  Response getRestore(Request request) {
    return new Response.Document(200, view(find(request, RESTORES)));
  }

  Response cancel(Request request) {
    RunRecord run = find(request, ALL);
    ActiveRun active =
        services
            .runs()
            .current(run.run())
            .orElseThrow(() -> ApiProblems.lasting("run " + run.run() + " is not under way"));
    if (run.operation() == Operation.RESTORE && !request.caller().access().includes(Access.ADMIN)) {
      throw new ProblemException(
          new Problem(ProblemCode.FORBIDDEN, "to cancel a restore takes the role admin"));
    }
    active.cancel();
    services.audit().record(request, "run.cancel", run.run().value(), "asked");
    return new Response.Document(202, view(run));
  }

  Response progress(Request request) throws Exception {
    RunRecord run = find(request, ALL);
    Optional<ActiveRun> active = services.runs().current(run.run());
    if (!LongRequest.isStream(request)) {
      return new Response.Document(200, view(run));
    }
    CompletableFuture<Response> end =
        active
            .map(a -> a.result().thenApply(result -> document(run.run())))
            .orElseGet(() -> CompletableFuture.completedFuture(document(run.run())));
    return LongRequest.answer(
        request,
        200,
        Optional.of(view(run)),
        () ->
            active
                .map(ActiveRun::progress)
                .orElseGet(() -> io.holdfast.engine.event.RunMonitor.silent().progress()),
        end);
  }

  private Response document(RunId run) {
    return new Response.Document(
        200, view(services.memory().find(run).orElseThrow(() -> unknown(run))));
  }

  private Response page(Request request, Set<Operation> operations) {
    int limit = Pages.limit(request);
    List<RunRecord> found =
        services.state().runs().page(operations, Pages.after(request), limit + 1);
    List<RunRecord> shown = found.subList(0, Math.min(limit, found.size()));
    List<RunJson> data = shown.stream().map(this::summary).toList();
    return new Response.Document(
        200,
        new RunPageJson(
            data,
            Pages.pagination(limit, found.size() > limit ? shown.getLast().run().value() : null)));
  }

  private RunRecord find(Request request, Set<Operation> operations) {
    RunId run = Identifiers.run(request);
    return services
        .runs()
        .current(run)
        .map(ActiveRun::record)
        .or(() -> services.memory().find(run))
        .filter(record -> operations.contains(record.operation()))
        .orElseThrow(() -> unknown(run));
  }

  private static ProblemException unknown(RunId run) {
    return ApiProblems.notFound("there is no run " + run);
  }

  private RunJson view(RunRecord run) {
    return RunView.of(run, services.runs().current(run.run()));
  }

  /** In a list, without the result, which may be long. */
  private RunJson summary(RunRecord run) {
    return RunView.summary(run, services.runs().current(run.run()));
  }
}
