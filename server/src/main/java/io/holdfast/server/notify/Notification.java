package io.holdfast.server.notify;

import io.holdfast.server.event.EventName;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened and that somebody outside may want to know. Holds no secret.
 *
 * @param time when it happened
 * @param facts names and values for machines, such as {@code run_id}; in their order
 * @param text a sentence for people
 */
public record Notification(
    EventName event, Instant time, Severity severity, Map<String, String> facts, String text) {
  public Notification {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }
}
