package io.holdfast.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a handler answers.
 *
 * <p>Each carries the correlation id, and headers that keep browsers from storing it, from guessing
 * its type and from running anything in it; {@link #headers} replaces those of the same name.
 */
public sealed interface Response {
  int status();

  /** Further headers. */
  Map<String, String> headers();

  /** A document that is written as JSON. */
  record Document(int status, Map<String, String> headers, Object document) implements Response {
    public Document(int status, Object document) {
      this(status, Map.of(), document);
    }
  }

  /** Text that is ready, such as JSON that was stored. */
  record Text(int status, Map<String, String> headers, String contentType, String text)
      implements Response {}

  /** Nothing but a status. */
  record Empty(int status, Map<String, String> headers) implements Response {
    public Empty(int status) {
      this(status, Map.of());
    }
  }

  /**
   * Bytes that are written as they are made, as fast as the client reads. Once the first 32 KiB are
   * written an error can only break the connection off, so that nobody takes half of it for all.
   *
   * @param status 200, or 206 for a part
   * @param fileName what a browser calls it; may be any text
   * @param length how long it is, if that is known; a body of another length is an error
   */
  record Download(
      int status,
      Map<String, String> headers,
      String contentType,
      Optional<String> fileName,
      OptionalLong length,
      Body body)
      implements Response {
    /** All of something. */
    public Download(String contentType, Optional<String> fileName, OptionalLong length, Body body) {
      this(200, Map.of(), contentType, fileName, length, body);
    }
  }

  /**
   * Server-sent events, until the source ends, the client goes away, or the server stops.
   *
   * @param status 200, or 202 where what they tell of is still to be done
   */
  record Events(int status, EventSource source) implements Response {
    @Override
    public Map<String, String> headers() {
      return Map.of();
    }
  }

  /** Writes bytes. */
  @FunctionalInterface
  interface Body {
    /**
     * Writes all of them. There is no need to buffer, or to close.
     *
     * @throws IOException also when the client is gone, or has not read for too long
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes events. What it throws is told as an event {@code problem}, with the document that
   * another answer would have had.
   */
  @FunctionalInterface
  interface EventSource {
    /**
     * Runs on the request's own thread until it returns. That thread is interrupted when the server
     * stops; an {@link InterruptedException} then ends the stream with a {@code problem} that says
     * so.
     */
    void run(EventSink sink) throws Exception;
  }

  /** Where events go. Thread-safe. */
  interface EventSink {
    /**
     * Sends an event. A client that does not read is given up after the server's write timeout.
     *
     * @param name the event's name, without line breaks
     * @param document its data, written as JSON in one line
     * @throws IOException if the client is gone, or has not read for too long
     */
    void send(String name, Object document) throws IOException;

    /**
     * Sends an event whose document is JSON in one line already.
     *
     * @throws IOException as for an event
     */
    void sendJson(String name, String json) throws IOException;

    /**
     * Sends a comment, so that proxies keep a connection open that has nothing to tell, and so that
     * a client that is gone is noticed. Every 15 seconds or so.
     *
     * @throws IOException as for an event
     */
    void keepAlive() throws IOException;
  }
}
