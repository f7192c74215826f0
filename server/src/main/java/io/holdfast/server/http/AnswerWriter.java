package io.holdfast.server.http;

import io.avaje.jsonb.Jsonb;
import io.holdfast.engine.error.HoldfastException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpFields;

/** Writes answers. Thread-safe. */
final class AnswerWriter {
  /** For answers that say nothing else. */
  private static final Map<String, String> DEFAULT_HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff");

  /**
   * Events are small. Left to itself the system takes up to 4 MiB for a reader that does not read,
   * which times a thousand is more than some machines have.
   */
  private static final int UNREAD_EVENTS = 64 << 10;

  private static final long RETRY_SECONDS = 5;

  private final Jsonb jsonb;
  private final UnderWay underWay;
  private final Duration patience;
  private final Semaphore streams;
  private final Semaphore transfers;

  AnswerWriter(Jsonb jsonb, UnderWay underWay, HttpLimits limits) {
    this.jsonb = jsonb;
    this.underWay = underWay;
    this.patience = limits.writeTime();
    this.streams = new Semaphore(limits.streams());
    this.transfers = new Semaphore(limits.transfers());
  }

  /**
   * Writes an answer to its end. Unless the response is committed when this throws, another answer
   * can be written in its place.
   *
   * @throws ClientGoneException if nobody reads it any more
   * @throws Exception what a body or a source of events throws
   */
  void write(Exchange exchange, Response answer) throws Exception {
    exchange.response().reset();
    switch (answer) {
      case Response.Document document ->
          whole(exchange, document, "application/json", jsonb.toJsonBytes(document.document()));
      case Response.Text text ->
          whole(exchange, text, text.contentType(), text.text().getBytes(StandardCharsets.UTF_8));
      case Response.Empty empty -> whole(exchange, empty, "", new byte[0]);
      case Response.Download download -> download(exchange, download);
      case Response.Events events -> events(exchange, events);
    }
  }

  /** Writes a problem. */
  void write(Exchange exchange, Problem problem, Map<String, String> headers) throws IOException {
    exchange.response().reset();
    exchange.response().setStatus(problem.code().status());
    byte[] document =
        head(exchange.response().getHeaders(), problem, headers, exchange.correlation());
    body(exchange, ProblemDocument.MEDIA_TYPE, document);
  }

  /** Sets the headers of a problem, and returns its document. */
  byte[] head(
      HttpFields.Mutable fields, Problem problem, Map<String, String> headers, String correlation) {
    head(fields, headers, correlation);
    problem.retryAfterSeconds().ifPresent(seconds -> fields.put("Retry-After", seconds));
    fields.put("Content-Type", ProblemDocument.MEDIA_TYPE);
    return jsonb.toJsonBytes(ProblemDocument.of(problem, correlation));
  }

  private void whole(Exchange exchange, Response answer, String contentType, byte[] bytes)
      throws IOException {
    head(exchange, answer);
    body(exchange, contentType, bytes);
  }

  private void body(Exchange exchange, String contentType, byte[] bytes) throws IOException {
    HttpFields.Mutable fields = exchange.response().getHeaders();
    if (!contentType.isEmpty()) {
      fields.put("Content-Type", contentType);
      fields.put("Content-Length", bytes.length);
    }
    new AnswerStream(exchange, patience, OptionalLong.empty())
        .sendAll(exchange.isHead() ? new byte[0] : bytes);
  }

  private void download(Exchange exchange, Response.Download download) throws Exception {
    HttpFields.Mutable fields = head(exchange, download);
    fields.put("Content-Type", download.contentType());
    download
        .fileName()
        .ifPresent(name -> fields.put("Content-Disposition", ContentDisposition.attachment(name)));
    download.length().ifPresent(length -> fields.put("Content-Length", length));
    if (exchange.isHead()) {
      new AnswerStream(exchange, patience, OptionalLong.empty()).end();
      return;
    }
    // Machines that restore must not keep an administrator from looking.
    Semaphore places = exchange.caller().access() == Access.TARGET ? transfers : streams;
    takePlace(places);
    try {
      var out = new AnswerStream(exchange, patience, download.length());
      download.body().writeTo(out);
      out.end();
    } finally {
      places.release();
    }
  }

  private void events(Exchange exchange, Response.Events events) throws Exception {
    HttpFields.Mutable fields = head(exchange, events);
    fields.put("Content-Type", "text/event-stream");
    // Proxies that gather an answer before they pass it on would hold the events back.
    fields.put("X-Accel-Buffering", "no");
    var out = new AnswerStream(exchange, patience, OptionalLong.empty());
    if (exchange.isHead()) {
      out.end();
      return;
    }
    takePlace(streams);
    underWay.beginEvents();
    var sink = new EventWriter(out, jsonb);
    try {
      exchange.limitUnread(UNREAD_EVENTS);
      out.flush();
      run(events.source(), sink, exchange.correlation());
    } catch (InterruptedException e) {
      if (!underWay.isDraining()) {
        throw e;
      }
      // Whoever waits for the last event would else take the end for a broken connection.
      sink.send("problem", ProblemDocument.of(Problem.shuttingDown(), exchange.correlation()));
    } finally {
      underWay.endEvents();
      streams.release();
    }
    out.end();
  }

  private static void run(Response.EventSource source, EventWriter sink, String correlation)
      throws Exception {
    try {
      source.run(sink);
    } catch (ClientGoneException | InterruptedException end) {
      throw end;
    } catch (ProblemException | HoldfastException told) {
      sink.send("problem", ProblemDocument.of(Problem.ofFailure(told), correlation));
    } catch (Exception unforeseen) {
      sink.send("problem", ProblemDocument.of(Problem.internal(), correlation));
      throw unforeseen;
    }
  }

  private static void takePlace(Semaphore places) {
    if (!places.tryAcquire()) {
      throw new ProblemException(
          new Problem(
              ProblemCode.SERVICE_UNAVAILABLE,
              "Too many downloads and event streams are under way",
              OptionalLong.of(RETRY_SECONDS)));
    }
  }

  private static HttpFields.Mutable head(Exchange exchange, Response answer) {
    exchange.response().setStatus(answer.status());
    HttpFields.Mutable fields = exchange.response().getHeaders();
    head(fields, answer.headers(), exchange.correlation());
    return fields;
  }

  private static void head(
      HttpFields.Mutable fields, Map<String, String> headers, String correlation) {
    fields.put(Exchange.CORRELATION_HEADER, correlation);
    DEFAULT_HEADERS.forEach(fields::put);
    headers.forEach(fields::put);
  }
}
