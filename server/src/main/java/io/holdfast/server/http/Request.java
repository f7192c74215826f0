package io.holdfast.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request whose route was found, whose caller may use it, and whose body was read, unless its
 * route streams bodies.
 */
public interface Request {
  String method();

  /** The path, decoded segment by segment. For people: a slash may be one that was encoded. */
  String path();

  /** A variable of the route's template, decoded; there always is one of a name in the template. */
  String variable(String name);

  /**
   * A parameter of the query.
   *
   * @throws ProblemException 400 if it stands there more than once
   */
  Optional<String> query(String name);

  /** The first header of that name, of whatever case. */
  Optional<String> header(String name);

  /**
   * The body, whole and within the server's limit; empty if there is none. Only POST, PUT and PATCH
   * have one. {@link io.holdfast.server.http.json.JsonBody} makes a record of it.
   */
  byte[] body();

  /** How long the body is that {@link #receive} takes in; empty if the client does not say. */
  OptionalLong length();

  /**
   * Takes in the body of a route whose bodies are {@link Routes.Body#STREAMED streamed}, once.
   * Waits for the client, who has the server's time for a body for each 32 KiB of it: who is slow
   * holds a thread and a buffer, and who stalls holds them no longer than that.
   *
   * @param limitBytes the longest body that is taken
   * @param sink is given all of it, piece by piece, if this returns
   * @throws ProblemException 413 if it is longer, 408 if it takes too long or ends too early, 400
   *     if it is not what its headers say
   * @throws IOException what the sink throws
   */
  void receive(long limitBytes, Sink sink) throws IOException, InterruptedException;

  /** Takes in bytes. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes in a piece.
     *
     * @param piece may be used until this returns
     */
    void accept(ByteBuffer piece) throws IOException;
  }

  /** Whether the client asked for this media type by name, such as {@code text/event-stream}. */
  boolean accepts(String mediaType);

  Caller caller();

  /** The address that the connection came from: the client's, or that of a proxy before it. */
  String address();

  /** The id under which everything about this request is logged and told. */
  String correlation();
}
