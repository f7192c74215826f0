package io.holdfast.server.notify;

import java.util.Arrays;
import java.util.Optional;

/** What can happen, by the names that logs, notifications and webhook patterns share. */
public enum EventName {
  BACKUP_STARTED("backup", "started"),
  BACKUP_COMPLETED("backup", "completed"),
  BACKUP_FAILED("backup", "failed"),
  BACKUP_IN_PROGRESS("backup", "in_progress"),
  BACKUP_DELETED("backup", "deleted"),
  BACKUP_LISTED("backup", "listed"),
  BACKUP_NOT_FOUND("backup", "not_found"),
  COMPONENT_STARTED("component", "started"),
  COMPONENT_COMPLETED("component", "completed"),
  COMPONENT_FAILED("component", "failed"),
  MANIFEST_WRITTEN("manifest", "written"),
  MANIFEST_INVALID("manifest", "invalid"),
  RETENTION_PRUNED("retention", "pruned"),
  RETENTION_FAILED("retention", "failed"),
  RESTORE_STARTED("restore", "started"),
  RESTORE_COMPLETED("restore", "completed"),
  RESTORE_FAILED("restore", "failed"),
  RESTORE_ROLLBACK("restore", "rollback"),
  VERIFICATION_COMPLETED("verification", "completed"),
  VERIFICATION_FAILED("verification", "failed"),
  SCHEDULER_STARTED("scheduler", "started"),
  SCHEDULER_STOPPED("scheduler", "stopped"),
  SCHEDULER_RESCHEDULED("scheduler", "rescheduled"),
  SCHEDULER_TICK("scheduler", "tick"),
  SCHEDULER_DORMANT("scheduler", "dormant"),
  SCHEDULER_SKIPPED("scheduler", "skipped"),
  SCHEDULER_MISSED("scheduler", "missed"),
  SCHEDULER_FAILED("scheduler", "failed"),
  NOTIFICATION_FAILED("notification", "failed"),
  NOTIFICATION_DROPPED("notification", "dropped"),
  HEARTBEAT_FAILED("heartbeat", "failed");

  private final String text;

  EventName(String subject, String happening) {
    this.text = "backup." + subject + "." + happening;
  }

  /** Such as {@code backup.restore.completed}. */
  public String text() {
    return text;
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
