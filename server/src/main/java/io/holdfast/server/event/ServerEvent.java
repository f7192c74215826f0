package io.holdfast.server.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param facts names and values for machines, in the order of their importance; no secrets
 * @param text a sentence for people
 * @param cause what is logged with it and told nobody
 */
public record ServerEvent(
    EventName name,
    Severity severity,
    Map<String, String> facts,
    String text,
    @Nullable Throwable cause) {

  /** How much it matters. */
  public enum Severity {
    /** For those who look closely. */
    DETAIL,
    INFO,
    WARNING,
    ERROR
  }

  public ServerEvent {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  public static ServerEvent detail(EventName name, String text) {
    return new ServerEvent(name, Severity.DETAIL, Map.of(), text, null);
  }

  public static ServerEvent info(EventName name, String text) {
    return new ServerEvent(name, Severity.INFO, Map.of(), text, null);
  }

  public static ServerEvent warning(EventName name, String text) {
    return new ServerEvent(name, Severity.WARNING, Map.of(), text, null);
  }

  public static ServerEvent error(EventName name, String text, @Nullable Throwable cause) {
    return new ServerEvent(name, Severity.ERROR, Map.of(), text, cause);
  }

  /** The same event with one more fact. */
  public ServerEvent with(String fact, String value) {
    var more = new LinkedHashMap<>(facts);
    more.put(fact, value);
    return new ServerEvent(name, severity, more, text, cause);
  }
}
