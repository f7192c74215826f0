package io.holdfast.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a handler answers. */
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
   * Bytes that are written as they are made. Once the first is written an error can only break the
   * connection off, so that nobody takes half of it for all.
   *
   * @param fileName what a browser calls it
   * @param length how long it is, if that is known
   */
  record Download(String contentType, Optional<String> fileName, OptionalLong length, Body body)
      implements Response {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }
  }

  /** Server-sent events, until the source ends or the client goes away. */
  record Events(EventSource source) implements Response {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }
  }

  /** Writes bytes. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes events; runs on the request's own thread until it returns. What it throws is told as an
   * event {@code problem}, with the document that another answer would have had.
   */
  interface EventSource {
    void run(EventSink sink) throws Exception;
  }

  /** Where events go. */
  interface EventSink {
    /**
     * Sends an event. A client that does not read is given up after the server's write timeout.
     *
     * @param name the event's name, without line breaks
     * @param document its data, as JSON in one line
     * @throws IOException if the client is gone
     */
    void send(String name, Object document) throws IOException;

    /**
     * Sends an event whose document is JSON in one line already.
     *
     * @throws IOException if the client is gone
     */
    void sendJson(String name, String json) throws IOException;

    /** Sends a comment, so that a connection with nothing to tell stays open. */
    void keepAlive() throws IOException;
  }
}
