package io.holdfast.cli.remote;

import io.holdfast.cli.remote.EventReader.Event;
import io.holdfast.cli.remote.HttpConnection.Call;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.server.document.ProgressJson;
import io.holdfast.server.document.RunJson;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests that take as long as their work, and tell how far it is. Thread-safe. */
final class Streams {
  private static final String EVENTS = "text/event-stream";

  private final Api api;
  private final HttpConnection connection;

  Streams(Api api, HttpConnection connection) {
    this.api = api;
    this.connection = connection;
  }

  /**
   * How a stream ended.
   *
   * @param <T> the document of a good end
   */
  sealed interface End<T> {
    record Result<T>(T document) implements End<T> {}

    /**
     * @param status of HTTP, or what the problem says it would be
     */
    record Failed<T>(ProblemDocument problem, int status) implements End<T> {}
  }

  /** What is told on the way. */
  interface Listener {
    /** The run that does the work; comes first, and not at all for work that is no run. */
    void run(RunJson run);

    void progress(ProgressJson progress);
  }

  /**
   * Asks, and listens to the end.
   *
   * @param until breaks it off
   * @throws LostException if the stream broke off before its end
   * @throws io.holdfast.engine.error.HoldfastException {@code CANCELLED}
   */
  <T> End<T> listen(
      String method,
      ApiPath path,
      byte @Nullable [] body,
      Map<String, String> headers,
      Class<T> type,
      Listener listener,
      Cancellation until)
      throws IOException {
    var call = new Call(method, path, body, EVENTS + ", application/problem+json", headers);
    try (Reply reply = connection.send(call, until)) {
      if (reply.status() / 100 != 2) {
        return new End.Failed<>(api.problem(reply), reply.status());
      }
      if (!reply.mediaType().equals(EVENTS)) {
        // A server may answer at once what it need not work for.
        return new End.Result<>(api.answers().read(api.body(reply, Api.JSON), type));
      }
      return listen(reply, type, listener);
    }
  }

  private <T> End<T> listen(Reply reply, Class<T> type, Listener listener) throws IOException {
    EventReader events = reply.events(Api.MOST_BYTES);
    try {
      for (Optional<Event> next = events.next(); next.isPresent(); next = events.next()) {
        String data = next.get().data();
        switch (next.get().name()) {
          case "run" -> listener.run(api.answers().read(data, RunJson.class));
          case "progress" -> listener.progress(api.answers().read(data, ProgressJson.class));
          case "result" -> {
            return new End.Result<>(api.answers().read(data, type));
          }
          case "problem" -> {
            ProblemDocument problem =
                api.answers().problem(data.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return new End.Failed<>(problem, status(problem));
          }
          default -> {
            // Newer servers may tell more.
          }
        }
      }
    } catch (IOException e) {
      throw reply.lost(e);
    }
    throw LostException.meanwhile(new IOException("the answer broke off before its end"));
  }

  private static int status(ProblemDocument problem) {
    Integer status = problem.status();
    return status == null || status < 400 || status > 599 ? 500 : status;
  }
}
