package io.holdfast.server.state;

import java.time.Instant;
import java.util.Map;

/** Settings that were changed while the server ran. */
public interface SettingStore {
  /** A stored value. */
  record Stored(String value, String actor, Instant changedAt) {}

  /** All stored values by their keys, such as {@code schedule_hours}, in the order of the keys. */
  Map<String, Stored> all();

  void put(String key, Stored value);

  /** Puts all of them, or, if it throws, none. */
  void putAll(Map<String, Stored> values);

  /**
   * @return whether there was a stored value
   */
  boolean remove(String key);
}
