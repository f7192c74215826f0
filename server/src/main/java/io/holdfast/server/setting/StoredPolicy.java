package io.holdfast.server.setting;

import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.retention.RetentionPolicy;
import io.holdfast.server.state.SettingStore.Stored;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What commands on this machine heed of the settings that a server has stored: which backups to
 * keep, and how to store them. The rest is of no concern to them.
 */
public final class StoredPolicy {
  private final Map<String, Stored> stored;

  public StoredPolicy(Map<String, Stored> stored) {
    this.stored = Map.copyOf(stored);
  }

  /** The installation by what is stored, and where nothing is, by what its file says. */
  public Installation over(Installation written) {
    RetentionPolicy file = written.retention();
    var retention =
        new RetentionPolicy(
            number(SettingKey.MAX_COUNT, file.maxCount()),
            number(SettingKey.MAX_AGE_DAYS, file.maxAgeDays()),
            number(SettingKey.KEEP_DAILY, file.keepDaily()),
            number(SettingKey.KEEP_WEEKLY, file.keepWeekly()),
            number(SettingKey.KEEP_MONTHLY, file.keepMonthly()),
            number(SettingKey.KEEP_YEARLY, file.keepYearly()));
    Compression compression =
        value(SettingKey.COMPRESSION).flatMap(Compression::ofWord).orElse(written.compression());
    return written.withPolicy(compression, retention);
  }

  /** The settings that go before the file, each as {@code retention.max_count 100}. */
  public List<String> inWords() {
    return Arrays.stream(SettingKey.values())
        .filter(StoredPolicy::isHeeded)
        .flatMap(key -> value(key).map(value -> key.key() + " " + value).stream())
        .toList();
  }

  /** The stored path, which counts from the next start of the server on. */
  public Optional<String> path() {
    return value(SettingKey.PATH);
  }

  private static boolean isHeeded(SettingKey key) {
    return key == SettingKey.COMPRESSION || key.key().startsWith("retention.");
  }

  private int number(SettingKey key, int otherwise) {
    return value(key).map(Integer::parseInt).orElse(otherwise);
  }

  private Optional<String> value(SettingKey key) {
    return Optional.ofNullable(stored.get(key.key()))
        .flatMap(value -> key.form().canonical(value.value()));
  }
}
