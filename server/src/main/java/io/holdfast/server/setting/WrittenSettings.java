package io.holdfast.server.setting;

import io.holdfast.engine.configuration.Settings;
import java.util.EnumMap;
import java.util.Map;

/** Which settings stand in the configuration file, and what it says of them. */
public final class WrittenSettings {
  private WrittenSettings() {}

  /**
   * Reads them from the root of a configuration, which its reader holds to the same rules; what is
   * not allowed is told there and passed over here.
   */
  public static Map<SettingKey, String> of(Settings root) {
    Settings backup = root.section("backup");
    var written = new EnumMap<SettingKey, String>(SettingKey.class);
    for (SettingKey key : SettingKey.values()) {
      int dot = key.key().indexOf('.');
      Settings section = dot < 0 ? backup : backup.section(key.key().substring(0, dot));
      String last = key.key().substring(dot + 1);
      if (section.has(last)) {
        section
            .optionalText(last)
            .flatMap(text -> key.form().canonical(text))
            .ifPresent(value -> written.put(key, value));
      }
    }
    return Map.copyOf(written);
  }
}
