package io.holdfast.server.setting;

import io.holdfast.engine.configuration.Settings;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

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
            .flatMap(text -> inForm(key, text))
            .ifPresent(value -> written.put(key, value));
      }
    }
    return Map.copyOf(written);
  }

  /** A relative path has a meaning in the file alone, where its reader takes it from there. */
  private static Optional<String> inForm(SettingKey key, String text) {
    return key == SettingKey.PATH ? Optional.of(text) : key.form().canonical(text);
  }
}
