package io.holdfast.server.setting;

import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.state.SettingStore;
import io.holdfast.server.state.StateException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stored settings, which the loss of the state database does not take along: without them, backups
 * that somebody wanted kept would be removed by the rules of the file, or the default. Thread-safe.
 *
 * <p>The database decides, and the file follows it. A value is stored in this order: the new file
 * is on disk, the database has the value, the file gets its name. One is removed from the file
 * first: whatever is in the file was in the database, so that a database without any settings can
 * take them over from it.
 */
public final class MirroredSettings implements SettingStore {
  private final SettingStore store;
  private final SettingsFile file;
  private final ServerEvents events;

  /** What the file had, for as long as the database has not answered. */
  private volatile Map<String, Stored> before = Map.of();

  public MirroredSettings(SettingStore store, SettingsFile file, ServerEvents events) {
    this.store = store;
    this.file = file;
    this.events = events;
  }

  /** Brings the two together, when a server starts. */
  public synchronized void begin() {
    before = written();
    try {
      Map<String, Stored> stored = store.all();
      if (stored.isEmpty() && !before.isEmpty()) {
        store.putAll(before);
        events.publish(
            ServerEvent.warning(
                    EventName.SETTINGS_RECOVERED,
                    "the state database holds no settings; those of "
                        + file.path()
                        + " were taken over: "
                        + String.join(", ", before.keySet()))
                .with("file", file.path().toString()));
      } else if (!stored.equals(before)) {
        follow(stored);
      }
      before = Map.of();
    } catch (StateException unanswered) {
      events.publish(
          ServerEvent.error(
              EventName.STATE_FAILED,
              "the stored settings cannot be read; those of "
                  + file.path()
                  + " count until they can be: "
                  + unanswered.getMessage(),
              unanswered));
    }
  }

  private Map<String, Stored> written() {
    try {
      return file.read();
    } catch (IOException e) {
      events.publish(
          ServerEvent.warning(
              EventName.SETTINGS_UNMIRRORED,
              "the copy of the stored settings cannot be read: " + e.getMessage()));
      return Map.of();
    }
  }

  private void follow(Map<String, Stored> stored) {
    try {
      file.write(stored);
    } catch (IOException e) {
      events.publish(unmirrored(e));
    }
  }

  private ServerEvent unmirrored(IOException cause) {
    return ServerEvent.warning(
        EventName.SETTINGS_UNMIRRORED,
        "the copy of the stored settings is not up to date, and commands on this machine go by it: "
            + cause.getMessage());
  }

  @Override
  public Map<String, Stored> all() {
    try {
      return inForce(store.all());
    } catch (StateException e) {
      if (before.isEmpty()) {
        throw e;
      }
      return before;
    }
  }

  /** A database that could not take over what the file has may be empty still. */
  private Map<String, Stored> inForce(Map<String, Stored> stored) {
    return stored.isEmpty() ? before : stored;
  }

  @Override
  public void put(String key, Stored value) {
    putAll(Map.of(key, value));
  }

  @Override
  public synchronized void putAll(Map<String, Stored> values) {
    Map<String, Stored> stored = store.all();
    var after = new TreeMap<>(inForce(stored));
    after.putAll(values);
    SettingsFile.Prepared copy;
    try {
      copy = file.prepare(after);
    } catch (IOException e) {
      throw refused("store the setting " + String.join(", ", values.keySet()), e);
    }
    try {
      store.putAll(stored.isEmpty() ? after : values);
    } catch (RuntimeException e) {
      copy.discard();
      throw e;
    }
    before = Map.of();
    try {
      copy.commit();
    } catch (IOException e) {
      events.publish(unmirrored(e));
    }
  }

  @Override
  public synchronized boolean remove(String key) {
    Map<String, Stored> stored = store.all();
    Map<String, Stored> inForce = inForce(stored);
    var after = new TreeMap<>(inForce);
    boolean removed = after.remove(key) != null;
    try {
      file.write(after);
    } catch (IOException e) {
      throw refused("reset the setting " + key, e);
    }
    try {
      if (stored.isEmpty()) {
        store.putAll(after);
      } else {
        removed = store.remove(key);
      }
    } catch (RuntimeException e) {
      follow(inForce);
      throw e;
    }
    before = Map.of();
    return removed;
  }

  private static StateException refused(String doing, IOException cause) {
    return new StateException(
        "could not " + doing + ": its copy cannot be written: " + cause.getMessage(), cause);
  }
}
