package io.holdfast.engine.backup;

import io.holdfast.engine.component.CaptureContext.Purpose;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A backup that is about to be made.
 *
 * @param run its name
 * @param components what to capture, in the order of their names
 * @param requested the names that were asked for; empty for everything
 * @param trigger why
 * @param purpose whether damaged sources are refused or saved as they are
 * @param compression how to store it
 * @param safetyFor the restore run that it precedes, if it is a safety backup
 */
public record BackupPlan(
    RunId run,
    List<Component> components,
    List<ComponentName> requested,
    Trigger trigger,
    Purpose purpose,
    Compression compression,
    Optional<RunId> safetyFor) {
  public BackupPlan {
    components = components.stream().sorted(Comparator.comparing(Component::name)).toList();
    requested = List.copyOf(requested);
  }
}
