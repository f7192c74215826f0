package io.holdfast.server.setting;

import io.holdfast.engine.installation.Automation;
import io.holdfast.engine.retention.RetentionPolicy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The settings of the namespace {@code backup}, their forms and their defaults. */
public enum SettingKey {
  ENABLED("enabled", new SettingForm.Flag(), "" + Automation.DEFAULT.enabled()),
  SCHEDULE_HOURS(
      "schedule_hours",
      new SettingForm.Whole(Automation.LEAST_HOURS, Automation.MOST_HOURS),
      "" + Automation.DEFAULT.every().toHours()),
  SCHEDULE_CRON("schedule_cron", new SettingForm.CronText(), ""),
  SCHEDULE_ZONE("schedule_zone", new SettingForm.Zone(), Automation.DEFAULT.zone().getId()),
  COMPRESSION("compression", new SettingForm.Stored(), "zstd"),
  ON_STARTUP("on_startup", new SettingForm.Flag(), "" + Automation.DEFAULT.onStartup()),
  ON_SHUTDOWN("on_shutdown", new SettingForm.Flag(), "" + Automation.DEFAULT.onShutdown()),
  MAX_COUNT("retention.max_count", count(), "" + RetentionPolicy.DEFAULT.maxCount()),
  MAX_AGE_DAYS(
      "retention.max_age_days",
      new SettingForm.Whole(0, 3650),
      "" + RetentionPolicy.DEFAULT.maxAgeDays()),
  KEEP_DAILY("retention.keep_daily", count(), "" + RetentionPolicy.DEFAULT.keepDaily()),
  KEEP_WEEKLY("retention.keep_weekly", count(), "" + RetentionPolicy.DEFAULT.keepWeekly()),
  KEEP_MONTHLY("retention.keep_monthly", count(), "" + RetentionPolicy.DEFAULT.keepMonthly()),
  KEEP_YEARLY("retention.keep_yearly", count(), "" + RetentionPolicy.DEFAULT.keepYearly()),
  PATH("path", new SettingForm.Place(), "");

  private final String key;
  private final SettingForm form;
  private final String otherwise;

  SettingKey(String key, SettingForm form, String otherwise) {
    this.key = key;
    this.form = form;
    this.otherwise = otherwise;
  }

  private static SettingForm count() {
    return new SettingForm.Whole(0, 1000);
  }

  public static Optional<SettingKey> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** The key below {@code backup}: {@code retention.max_count}. */
  public String key() {
    return key;
  }

  public SettingForm form() {
    return form;
  }

  /** The value where nobody says anything else. */
  public String otherwise() {
    return otherwise;
  }

  /** The variable of the environment: {@code HOLDFAST_BACKUP_RETENTION_MAX_COUNT}. */
  public String variable() {
    return "HOLDFAST_BACKUP_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
