package io.holdfast.server.setting;

import io.avaje.jsonb.Json;
import io.holdfast.engine.repository.transfer.Sha256;
import io.holdfast.server.state.SettingStore.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of the file {@code settings.json}.
 *
 * @param sha256 of the settings: each field of each, in its order, ended by a zero byte
 */
@Json(naming = Json.Naming.LowerUnderscore)
record StoredSettingsJson(String schema, String sha256, List<Entry> settings) {
  /** The name and version of this form. */
  static final String SCHEMA = "holdfast.stored-settings/1";

  /** A stored value. */
  @Json(naming = Json.Naming.LowerUnderscore)
  record Entry(String key, String value, Instant changedAt, String changedBy) {}

  static StoredSettingsJson of(Map<String, Stored> stored) {
    List<Entry> settings =
        new TreeMap<>(stored)
            .entrySet().stream()
                .map(each ->
                    new Entry(
                        each.getKey(),
                        each.getValue().value(),
                        each.getValue().changedAt(),
                        each.getValue().actor()))
                .toList();
    return new StoredSettingsJson(SCHEMA, digest(settings), settings);
  }

  Map<String, Stored> stored() {
    var stored = new TreeMap<String, Stored>();
    settings.forEach(each ->
        stored.put(each.key(), new Stored(each.value(), each.changedBy(), each.changedAt())));
    return stored;
  }

  boolean isWhole() {
    return digest(settings).equals(sha256);
  }

  private static String digest(List<Entry> settings) {
    var fields = new StringBuilder();
    for (Entry each : settings) {
      for (Object field : List.of(each.key(), each.value(), each.changedAt(), each.changedBy())) {
        fields.append(field).append('\0');
      }
    }
    return Sha256.hexOf(fields.toString().getBytes(StandardCharsets.UTF_8));
  }
}
