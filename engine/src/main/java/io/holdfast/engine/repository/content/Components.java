package io.holdfast.engine.repository.content;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;

/** Finds components in manifests. */
public final class Components {
  private Components() {}

  /**
   * A component that can be read from a backup.
   *
   * @throws HoldfastException {@code COMPONENT_NOT_FOUND}, or {@code BACKUP_UNSUITABLE} if it did
   *     not complete
   */
  public static ComponentRecord require(Manifest manifest, ComponentName name) {
    ComponentRecord record =
        manifest
            .component(name)
            .orElseThrow(() ->
                new HoldfastException(
                        ErrorCode.COMPONENT_NOT_FOUND,
                        "the backup " + manifest.runId() + " has no component " + name,
                        "`holdfast backup show " + manifest.runId() + "` lists what it has.")
                    .with("component", name.value()));
    if (!record.isRestorable()) {
      throw new HoldfastException(
              ErrorCode.BACKUP_UNSUITABLE,
              "component "
                  + name
                  + " is "
                  + record.status().word()
                  + " in the backup "
                  + manifest.runId(),
              "Choose a backup in which it completed.")
          .with("component", name.value());
    }
    return record;
  }
}
