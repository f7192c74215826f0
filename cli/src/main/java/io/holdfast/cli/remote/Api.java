package io.holdfast.cli.remote;

import io.holdfast.cli.ServerFault;
import io.holdfast.cli.remote.HttpConnection.Call;
import io.holdfast.cli.target.ServerException;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.server.document.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are answered at once, by a document, by nothing or by a problem. Thread-safe.
 *
 * <p>All throw {@link ServerException} or {@link io.holdfast.engine.error.HoldfastException}.
 */
final class Api {
  /** More than any document has. */
  static final int MOST_BYTES = 16 << 20;

  static final String JSON = "application/json";
  private static final String WARNING = "Holdfast-Warning";
  private static final String PROBLEM = "application/problem+json";
  private static final int TRICKLE = 10;

  private final HttpConnection connection;
  private final Patience patience;
  private final Answers answers;

  Api(HttpConnection connection, Patience patience) {
    this.connection = connection;
    this.patience = patience;
    this.answers = new Answers(connection.address());
  }

  ServerAddress address() {
    return connection.address();
  }

  Answers answers() {
    return answers;
  }

  <T> T get(ApiPath path, Class<T> type) {
    return document("GET", path, null, type);
  }

  <T> T post(ApiPath path, @Nullable Object order, Class<T> type) {
    return document("POST", path, order, type);
  }

  <T> T put(ApiPath path, Object order, Class<T> type) {
    return document("PUT", path, order, type);
  }

  <T> T delete(ApiPath path, Class<T> type) {
    return document("DELETE", path, null, type);
  }

  /**
   * Deletes something that leaves nothing to tell.
   *
   * @return what the server warns of, if it does
   */
  Optional<String> delete(ApiPath path) {
    try (Reply reply = send("DELETE", path, null)) {
      requireGood(reply);
      return reply.header(WARNING);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private <T> T document(String method, ApiPath path, @Nullable Object order, Class<T> type) {
    try (Reply reply = send(method, path, order)) {
      requireGood(reply);
      return answers.read(body(reply, JSON), type);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private Reply send(String method, ApiPath path, @Nullable Object order) throws LostException {
    return connection.send(
        new Call(method, path, body(order), JSON + ", " + PROBLEM, Map.of()), new Cancellation());
  }

  static byte @Nullable [] body(@Nullable Object order) {
    return order == null ? null : JsonText.of(order).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Goes on if the request was granted.
   *
   * @throws RuntimeException the error that the problem is
   */
  void requireGood(Reply reply) throws IOException {
    if (reply.status() / 100 != 2) {
      throw Problems.of(problem(reply), reply.status(), address());
    }
  }

  /**
   * The problem that an answer tells of.
   *
   * @throws ServerException for one that no Holdfast server gives
   */
  ProblemDocument problem(Reply reply) throws IOException {
    int status = reply.status();
    if (status / 100 == 3) {
      throw new ServerException(
          ServerFault.ANSWER_INVALID,
          address()
              + " sends to another place, which is not followed"
              + reply.header("Location").map(place -> ": " + place).orElse(""),
          "Name that place yourself if you trust it: the token would be sent there.");
    }
    if (status / 100 != 4 && status / 100 != 5) {
      throw answers.invalid("with status " + status, null);
    }
    return reply.mediaType().equals(PROBLEM)
        ? answers.problem(body(reply, PROBLEM))
        : ProblemDocument.UNKNOWN;
  }

  /** The whole body of an answer, which has to be of a media type. */
  byte[] body(Reply reply, String mediaType) throws IOException {
    if (!reply.mediaType().equals(mediaType)) {
      throw answers.invalid(
          reply.mediaType().isEmpty()
              ? "without saying of what type"
              : "with " + reply.mediaType() + " in place of " + mediaType,
          null);
    }
    Duration trickle = patience.silence().multipliedBy(TRICKLE);
    return reply.bytes(MOST_BYTES, trickle);
  }

  private String untrusted(LostException lost) {
    return switch (Distrust.of(lost.getCause()).orElse(Distrust.AUTHORITY)) {
      case NAME -> "Use the name that its certificate is for, or give it one for this name.";
      case EXPIRED, NOT_YET ->
          "Give the server a certificate that is valid now, and look at the clocks.";
      case AUTHORITY ->
          connection.hasOwnAuthorities()
              ? "The file of --ca-file (HOLDFAST_CA_FILE) does not hold the authority of its"
                  + " certificate."
              : "If its certificate is of your own making, name the authority with --ca-file.";
    };
  }

  /** The error that no answer is. */
  RuntimeException lost(IOException e) {
    if (e instanceof LostException lost && lost.stage() == LostException.Stage.PROVING) {
      return new ServerException(
          ServerFault.SERVER_UNTRUSTED,
          "the server at " + address() + " cannot be trusted: " + lost.getMessage(),
          untrusted(lost),
          e);
    }
    if (e instanceof LostException lost && lost.stage() == LostException.Stage.GREETING) {
      return new ServerException(
          ServerFault.SERVER_UNREACHABLE,
          "the server at " + address() + " cannot be reached: " + lost.getMessage(),
          "Use https:// in place of http://.",
          e);
    }
    if (e instanceof TooLongException) {
      return answers.invalid("with " + e.getMessage(), e);
    }
    return new ServerException(
        ServerFault.SERVER_UNREACHABLE,
        "the server at " + address() + " cannot be reached: " + e.getMessage(),
        "Look whether it runs, and whether that is its address.",
        e);
  }
}
