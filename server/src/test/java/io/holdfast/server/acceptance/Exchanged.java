package io.holdfast.server.acceptance;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * A request with its answer.
 *
 * @param path raw, without the query
 * @param query raw; empty without one
 * @param sent the request's body; empty without one
 * @param received the answer's body as text; empty if it was not read as text
 */
record Exchanged(
    String method,
    String path,
    String query,
    HttpHeaders asked,
    String sent,
    int status,
    HttpHeaders answered,
    Optional<String> received) {

  static Exchanged of(HttpRequest request, String sent, HttpResponse<?> response) {
    return new Exchanged(
        request.method(),
        request.uri().getRawPath(),
        Optional.ofNullable(request.uri().getRawQuery()).orElse(""),
        request.headers(),
        sent,
        response.statusCode(),
        response.headers(),
        response.body() instanceof String text ? Optional.of(text) : Optional.empty());
  }

  /** The type of the answer, without its parameters; empty if there is none. */
  String mediaType() {
    return answered.firstValue("Content-Type").map(type -> type.split(";", -1)[0]).orElse("");
  }

  @Override
  public String toString() {
    return method + " " + path + " -> " + status;
  }
}
