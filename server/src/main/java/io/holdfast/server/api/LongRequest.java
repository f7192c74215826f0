package io.holdfast.server.api;

import io.holdfast.engine.event.RunProgress;
import io.holdfast.server.document.JsonText;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Requests that take as long as their work. Whoever asks for {@code text/event-stream} is told how
 * far it is until it ends: an event {@code run} if the work is a run, events {@code progress}, then
 * one of {@code result} (the document of the answer) or {@code problem}. All others wait.
 */
final class LongRequest {
  /** How often progress is told. */
  private static final long EVERY_MILLIS = 500;

  /** How many of them pass in silence before a comment keeps the connection open. */
  private static final int QUIET = 20;

  private LongRequest() {}

  static boolean isStream(Request request) {
    // Clients that are generated from the document take everything that it names, and read JSON.
    return request.accepts("text/event-stream") && !request.accepts("application/json");
  }

  /**
   * Answers with what comes of the work.
   *
   * @param streamStatus of an answer that is a stream
   * @param run the run, told first
   */
  static Response answer(
      Request request,
      int streamStatus,
      Optional<Object> run,
      Supplier<RunProgress> progress,
      CompletableFuture<Response> work)
      throws Exception {
    if (!isStream(request)) {
      try {
        return work.get();
      } catch (ExecutionException e) {
        throw unwrapped(e);
      }
    }
    return new Response.Events(streamStatus, stream(run, progress, work));
  }

  /** What whoever watches is told. */
  static Response.EventSource stream(
      Optional<Object> run, Supplier<RunProgress> progress, CompletableFuture<Response> work) {
    return sink -> {
      if (run.isPresent()) {
        sink.send("run", run.get());
      }
      var told = new Told(sink);
      while (true) {
        try {
          sink.sendJson("result", json(work.get(EVERY_MILLIS, TimeUnit.MILLISECONDS)));
          return;
        } catch (TimeoutException underWay) {
          told.progress(progress.get());
        } catch (ExecutionException e) {
          throw unwrapped(e);
        }
      }
    };
  }

  private static String json(Response response) {
    return switch (response) {
      case Response.Document document -> JsonText.of(document.document());
      case Response.Text text -> text.text();
      case Response.Empty _ -> "{}";
      case Response.Download _, Response.Events _ ->
          throw new IllegalStateException("a stream within a stream");
    };
  }

  private static Exception unwrapped(Throwable wrapper) {
    return switch (wrapper.getCause()) {
      case CompletionException inner -> unwrapped(inner);
      case Exception cause -> cause;
      case null, default -> new IllegalStateException(wrapper);
    };
  }

  /** What a client was told last: the same is not told twice. */
  private static final class Told {
    private final Response.EventSink sink;
    private String last = "";
    private int quiet;

    Told(Response.EventSink sink) {
      this.sink = sink;
    }

    void progress(RunProgress progress) throws IOException {
      String text = JsonText.of(RunView.progress(progress));
      if (!text.equals(last)) {
        last = text;
        quiet = 0;
        sink.sendJson("progress", text);
      } else if (++quiet >= QUIET) {
        quiet = 0;
        sink.keepAlive();
      }
    }
  }
}
