package io.holdfast.server.http;

import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events, each at once. Thread-safe. */
final class EventWriter implements Response.EventSink {
  private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final AnswerStream out;
  private final Jsonb jsonb;

  EventWriter(AnswerStream out, Jsonb jsonb) {
    this.out = out;
    this.jsonb = jsonb;
  }

  @Override
  public void send(String name, Object document) throws IOException {
    sendJson(name, jsonb.toJson(document));
  }

  @Override
  public void sendJson(String name, String json) throws IOException {
    if (name.isEmpty() || name.contains("\n") || name.contains("\r")) {
      throw new IllegalArgumentException("not the name of an event: '" + name + "'");
    }
    write(("event: " + name + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void keepAlive() throws IOException {
    write(KEEP_ALIVE);
  }

  private synchronized void write(byte[] bytes) throws IOException {
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
