package io.holdfast.cli.stub;

import com.sun.net.httpserver.HttpExchange;
import io.holdfast.cli.stub.StubServer.Seen;
import io.holdfast.server.document.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A request to the stub, and the ways to answer it. */
public final class StubRequest {
  private final HttpExchange exchange;
  private final Seen seen;

  StubRequest(HttpExchange exchange) throws IOException {
    this.exchange = exchange;
    this.seen =
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString().replaceFirst("\\?.*", ""),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            new TreeMap<>(exchange.getRequestHeaders()));
  }

  public Seen seen() {
    return seen;
  }

  public String path() {
    return seen.path();
  }

  /** A segment of the path, from the end: 0 is the last. */
  public String segment(int fromEnd) {
    String[] segments = path().split("/", -1);
    return segments[segments.length - 1 - fromEnd];
  }

  /** A parameter of the query, or nothing. */
  public String query(String name) {
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
    }
    return "";
  }

  public StubRequest header(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
    return this;
  }

  /** Answers with a document. */
  public void json(int status, Object document) throws IOException {
    text(status, "application/json", JsonText.of(document));
  }

  /** Answers with anything. */
  public void text(int status, String mediaType, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!mediaType.isEmpty()) {
      header("Content-Type", mediaType);
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  /** Answers with a problem. */
  public void problem(int status, String errorCode, String detail) throws IOException {
    problem(status, Map.of("error_code", errorCode, "detail", detail));
  }

  /** Answers with a problem of these members. */
  public void problem(int status, Map<String, Object> members) throws IOException {
    text(status, "application/problem+json", StubProblem.text(status, members));
  }

  /** Begins a stream of bytes of any length. */
  public OutputStream stream(int status, String mediaType) throws IOException {
    header("Content-Type", mediaType);
    exchange.sendResponseHeaders(status, 0);
    return exchange.getResponseBody();
  }

  /** Begins a stream of events: 202 where it begins a run. */
  public StubEvents events() throws IOException {
    int status = exchange.getRequestHeaders().containsKey("Idempotency-Key") ? 202 : 200;
    return new StubEvents(stream(status, "text/event-stream"));
  }
}
