package io.holdfast.server.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.avaje.jsonb.Jsonb;
import io.holdfast.server.acceptance.OpenApi.Operation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Server-sent events as they come, each held to the OpenAPI document. */
final class EventStream implements AutoCloseable {
  private static final Jsonb JSON = Jsonb.builder().build();

  private final Operation operation;
  private final BufferedReader lines;

  /** An event. */
  record Event(String name, String data) {
    Map<String, Object> json() {
      return JSON.type(Object.class).map().fromJson(data);
    }
  }

  EventStream(Operation operation, InputStream body) {
    this.operation = operation;
    this.lines = new BufferedReader(new InputStreamReader(body, UTF_8));
  }

  /** The next event; empty at the end. */
  Optional<Event> next() throws IOException {
    String name = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        var event = new Event(name, line.substring("data: ".length()));
        Contract.event(operation, event.name(), event.data());
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  /** All that is still to come. */
  List<Event> rest() throws IOException {
    var events = new ArrayList<Event>();
    for (Optional<Event> event = next(); event.isPresent(); event = next()) {
      events.add(event.get());
    }
    return events;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
