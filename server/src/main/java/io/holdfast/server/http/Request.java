package io.holdfast.server.http;

import java.util.Optional;

/** A request whose route was found, whose caller may use it, and whose body was read. */
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

  /** Whether the client asked for this media type by name, such as {@code text/event-stream}. */
  boolean accepts(String mediaType);

  Caller caller();

  /** The address that the connection came from: the client's, or that of a proxy before it. */
  String address();

  /** The id under which everything about this request is logged and told. */
  String correlation();
}
