package io.holdfast.engine.backup;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.retention.RetentionPolicy;
import io.holdfast.engine.run.Trigger;
import java.util.List;
import java.util.Optional;

/**
 * A wish for a backup.
 *
 * @param trigger why
 * @param components what to back up; empty for everything
 * @param compression how to store it; empty for what the installation says
 * @param retention which backups to keep afterwards; empty for what the installation says
 */
public record BackupRequest(
    Trigger trigger,
    List<ComponentName> components,
    Optional<Compression> compression,
    Optional<RetentionPolicy> retention) {
  public BackupRequest {
    components = List.copyOf(components);
  }

  /** A backup after which the installation's retention applies. */
  public BackupRequest(
      Trigger trigger, List<ComponentName> components, Optional<Compression> compression) {
    this(trigger, components, compression, Optional.empty());
  }

  /** A full backup that somebody asked for. */
  public static BackupRequest manual() {
    return new BackupRequest(Trigger.MANUAL, List.of(), Optional.empty());
  }
}
