package io.holdfast.engine.backup;

import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunId;
import java.util.List;

/**
 * How a backup run ended. A run that failed is an outcome, not an exception: it has a record and a
 * status like any other.
 *
 * @param manifest what was published, or the record of what was not
 * @param pruned backups that retention removed afterwards
 * @param warnings about the run as a whole; those about a component stand in the manifest
 */
public record BackupOutcome(Manifest manifest, List<RunId> pruned, List<String> warnings) {
  public BackupOutcome {
    pruned = List.copyOf(pruned);
    warnings = List.copyOf(warnings);
  }
}
