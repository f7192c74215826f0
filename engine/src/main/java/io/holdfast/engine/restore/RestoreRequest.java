package io.holdfast.engine.restore;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.RunId;
import java.util.List;
import java.util.Optional;

/**
 * A wish for a restore. Consent is the matter of whoever asks; the engine does what it is told.
 *
 * @param backup what to restore from
 * @param components what to restore; empty for everything that the backup holds, which a {@code
 *     partial} one does not allow
 * @param destination where to restore to instead of the components' own places: a directory that
 *     does not exist or is empty; each component gets a directory of its name in it. Live state is
 *     neither saved nor touched.
 * @param dryRun whether to stop when everything is staged, and undo that
 * @param delta whether to take from live state what it has in common with the backup, instead of
 *     reading it from the repository. It is compared all the same. Means nothing for a restore to a
 *     destination
 */
public record RestoreRequest(
    RunId backup,
    List<ComponentName> components,
    Optional<FilePath> destination,
    boolean dryRun,
    boolean delta) {
  public RestoreRequest {
    components = List.copyOf(components);
  }

  /** One that reads everything from the repository. */
  public RestoreRequest(
      RunId backup,
      List<ComponentName> components,
      Optional<FilePath> destination,
      boolean dryRun) {
    this(backup, components, destination, dryRun, false);
  }
}
