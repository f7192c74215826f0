package io.holdfast.engine.backup;

import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunId;
import java.io.IOException;

/** Gives backups the names of their runs, of which each is taken by one alone. */
@FunctionalInterface
public interface BackupNaming {
  /** What makes a backup under the name that it is given. */
  @FunctionalInterface
  interface Named {
    /**
     * @return the manifest that was published, or the record of the run that was not
     */
    Manifest make(RunId run) throws IOException;
  }

  /**
   * Has a backup made. A name that it came not to use is given back, whatever it ended with: others
   * would be kept waiting by it for as long as a server runs.
   */
  Manifest named(Named backup) throws IOException;
}
