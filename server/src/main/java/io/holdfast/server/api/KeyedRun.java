package io.holdfast.server.api;

import io.holdfast.engine.event.RunMonitor;
import io.holdfast.server.document.JsonText;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import io.holdfast.server.idempotency.Claim;
import io.holdfast.server.idempotency.Idempotency;
import io.holdfast.server.idempotency.KeyOutcome;
import io.holdfast.server.run.ActiveRun;
import io.holdfast.server.run.RunResult;
import io.holdfast.server.run.RunStart;
import io.holdfast.server.state.IdempotencyStore.Answer;
import io.holdfast.server.state.StateException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Starts a run for a request with an {@code Idempotency-Key}, and answers when it ended. */
final class KeyedRun {
  private static final int LONGEST_KEY = 255;

  /**
   * Of a stream, which begins before there is a result. Clients that are generated from the
   * document read what its lowest good status says, which has to be the result: 201.
   */
  private static final int STREAM = 202;

  private final Idempotency idempotency;
  private final ServerEvents events;

  KeyedRun(Idempotency idempotency, ServerEvents events) {
    this.idempotency = idempotency;
    this.events = events;
  }

  /**
   * Answers.
   *
   * @param scope the operation; keys of other callers and operations are other keys
   * @param start starts the run
   * @param answer the document of a run that ended well; throws a problem for one that did not
   */
  Response answer(
      Request request,
      String scope,
      Function<RunStart, ActiveRun> start,
      Function<ActiveRun, Object> answer)
      throws Exception {
    String key = key(request);
    KeyOutcome outcome =
        idempotency.claim(scope + ":" + request.caller().id(), key, request.body());
    return switch (outcome) {
      case KeyOutcome.Mine(var claim) -> begin(request, claim, start, answer);
      case KeyOutcome.Done(var stored) ->
          LongRequest.answer(
              request,
              STREAM,
              Optional.empty(),
              RunMonitor.silent()::progress,
              CompletableFuture.completedFuture(
                  new Response.Text(
                      stored.status(),
                      Map.of("Idempotency-Replayed", "true"),
                      "application/json",
                      stored.document())));
      case KeyOutcome.Busy(var run) ->
          throw ApiProblems.conflict(
              "a request with this Idempotency-Key is under way"
                  + run.map(id -> ": run " + id).orElse(""));
      case KeyOutcome.Unsettled(var run) ->
          throw ApiProblems.conflict(
              "what became of a request with this Idempotency-Key cannot be found out now"
                  + run.map(id -> "; its run was " + id).orElse(""));
      case KeyOutcome.OtherBody() ->
          throw ApiProblems.invalid("this Idempotency-Key came with another body before");
    };
  }

  private Response begin(
      Request request,
      Claim claim,
      Function<RunStart, ActiveRun> start,
      Function<ActiveRun, Object> answer)
      throws Exception {
    ActiveRun run;
    try {
      run = start.apply(claim::started);
    } catch (RuntimeException | Error e) {
      quietly(claim::release);
      throw e;
    }
    // Ends the claim whether or not somebody still waits for the answer.
    CompletableFuture<Response> answered =
        run.result()
            .thenApply(result -> {
              try {
                String text = JsonText.of(answer.apply(run));
                quietly(() -> claim.answered(new Answer(201, text)));
                return new Response.Text(201, location(run), "application/json", text);
              } catch (ProblemException e) {
                if (!(result instanceof RunResult.Broken)) {
                  quietly(claim::release);
                }
                throw e;
              } finally {
                // Whatever else went wrong: the next with this key is told by what the run did.
                claim.leave();
              }
            });
    if (wantsAsync(request)) {
      return new Response.Document(202, location(run), RunView.of(run.record(), Optional.of(run)));
    }
    return LongRequest.answer(
        request,
        STREAM,
        Optional.of(RunView.of(run.record(), Optional.of(run))),
        run::progress,
        answered);
  }

  private static Map<String, String> location(ActiveRun run) {
    return Map.of("Location", Api.BASE + "/admin/runs/" + run.id());
  }

  /** See RFC 7240. */
  private static boolean wantsAsync(Request request) {
    return request
        .header("Prefer")
        .map(value -> java.util.Arrays.stream(value.split(",", -1)))
        .map(words -> words.anyMatch(word -> word.strip().equals("respond-async")))
        .orElse(false);
  }

  private static String key(Request request) {
    String key = request.header("Idempotency-Key").orElse("");
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw ApiProblems.bad(
          "the header Idempotency-Key with 1 to " + LONGEST_KEY + " characters is required");
    }
    return key;
  }

  private void quietly(Runnable ending) {
    try {
      ending.run();
    } catch (StateException e) {
      // The run is over and did what it did; what could not be stored now is stored later.
      events.publish(
          ServerEvent.error(
              EventName.STATE_FAILED,
              "an idempotency key could not be settled yet: " + e.getMessage(),
              e));
    }
  }
}
