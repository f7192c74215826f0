package io.holdfast.engine.retention;

/**
 * Which backups to keep. A backup goes if it is beyond {@code maxCount} or older than {@code
 * maxAgeDays}, unless a rule of the keep family holds it or it is one that retention never touches.
 * 0 switches a rule off.
 *
 * @param maxCount how many to keep at most, 0 to 100,000
 * @param maxAgeDays how old they may get, in days of 24 hours, 0 to 36,500
 * @param keepDaily for how many days that have a backup the last one of the day is kept
 * @param keepWeekly the same for ISO weeks
 * @param keepMonthly the same for months
 * @param keepYearly the same for years
 */
public record RetentionPolicy(
    int maxCount, int maxAgeDays, int keepDaily, int keepWeekly, int keepMonthly, int keepYearly) {
  /** 10 backups, 30 days. */
  public static final RetentionPolicy DEFAULT = new RetentionPolicy(10, 30, 0, 0, 0, 0);

  /** Keeps everything. */
  public static final RetentionPolicy KEEP_ALL = new RetentionPolicy(0, 0, 0, 0, 0, 0);

  public RetentionPolicy {
    if (maxCount < 0
        || maxAgeDays < 0
        || keepDaily < 0
        || keepWeekly < 0
        || keepMonthly < 0
        || keepYearly < 0) {
      throw new IllegalArgumentException("retention counts must not be negative");
    }
  }
}
