package io.holdfast.server.event;

import java.util.Arrays;
import java.util.Optional;

/**
 * What can happen, by the names that logs, notifications and webhook patterns share. What each
 * means stands in docs/notifications.md, which a test holds to this list.
 */
public enum EventName {
  BACKUP_STARTED("backup.backup.started"),
  BACKUP_COMPLETED("backup.backup.completed"),
  BACKUP_PARTIAL("backup.backup.partial"),
  BACKUP_FAILED("backup.backup.failed"),
  BACKUP_CANCELLED("backup.backup.cancelled"),
  BACKUP_IN_PROGRESS("backup.backup.in_progress"),
  BACKUP_DELETED("backup.backup.deleted"),
  BACKUP_LISTED("backup.backup.listed", false),
  BACKUP_NOT_FOUND("backup.backup.not_found", false),
  COMPONENT_STARTED("backup.component.started"),
  COMPONENT_COMPLETED("backup.component.completed"),
  COMPONENT_FAILED("backup.component.failed"),
  RUN_WARNING("backup.run.warning"),
  MANIFEST_WRITTEN("backup.manifest.written"),
  MANIFEST_INVALID("backup.manifest.invalid"),
  RETENTION_PRUNED("backup.retention.pruned"),
  RETENTION_FAILED("backup.retention.failed"),
  RESTORE_STARTED("backup.restore.started"),
  RESTORE_COMPLETED("backup.restore.completed"),
  RESTORE_FAILED("backup.restore.failed"),
  RESTORE_CANCELLED("backup.restore.cancelled"),
  RESTORE_ROLLBACK("backup.restore.rollback"),
  DRY_RUN_STARTED("backup.dry_run.started"),
  DRY_RUN_COMPLETED("backup.dry_run.completed"),
  DRY_RUN_FAILED("backup.dry_run.failed"),
  VERIFICATION_COMPLETED("backup.verification.completed"),
  VERIFICATION_FAILED("backup.verification.failed"),
  REPOSITORY_UNAVAILABLE("backup.repository.unavailable"),
  REPOSITORY_ELSEWHERE("backup.repository.elsewhere"),
  SCHEDULER_STARTED("backup.scheduler.started"),
  SCHEDULER_STOPPED("backup.scheduler.stopped"),
  SCHEDULER_RESCHEDULED("backup.scheduler.rescheduled"),
  SCHEDULER_TICK("backup.scheduler.tick"),
  SCHEDULER_DORMANT("backup.scheduler.dormant"),
  SCHEDULER_SKIPPED("backup.scheduler.skipped"),
  SCHEDULER_MISSED("backup.scheduler.missed"),
  SCHEDULER_FAILED("backup.scheduler.failed"),
  NOTIFICATION_FAILED("backup.notification.failed", false),
  NOTIFICATION_DROPPED("backup.notification.dropped", false),
  HEARTBEAT_FAILED("backup.heartbeat.failed", false),
  SERVER_STARTED("server.started"),
  SERVER_STOPPING("server.stopping"),
  SERVER_STOPPED("server.stopped"),
  STATE_FAILED("server.state.failed"),
  SETTING_REFUSED("server.setting.refused"),
  SETTINGS_RECOVERED("server.setting.recovered"),
  SETTINGS_UNMIRRORED("server.setting.unmirrored"),
  TARGET_CREATED("server.target.created"),
  TARGET_REFUSED("server.target.refused", false),
  TARGET_FULL("server.target.full"),
  TARGET_UNAVAILABLE("server.target.unavailable"),
  TOKEN_MADE("server.token.made"),
  AUDIT("server.audit"),
  REQUEST("server.request", false),
  REQUEST_FAILED("server.request.failed");

  private final String text;
  private final boolean delivered;

  EventName(String text) {
    this(text, true);
  }

  EventName(String text, boolean delivered) {
    this.text = text;
    this.delivered = delivered;
  }

  /** Such as {@code backup.restore.completed}. */
  public String text() {
    return text;
  }

  /**
   * Whether webhooks can hear of it. What they cannot is in the log: reading, which would drown the
   * rest, and what goes wrong with the telling itself, which cannot be told that way.
   */
  public boolean isDelivered() {
    return delivered;
  }

  /** The event of that name. */
  public static Optional<EventName> of(String text) {
    return Arrays.stream(values()).filter(name -> name.text.equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
