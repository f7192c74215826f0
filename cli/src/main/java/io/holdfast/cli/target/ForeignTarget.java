package io.holdfast.cli.target;

import io.holdfast.cli.json.SnapshotJson;
import io.holdfast.cli.json.SnapshotRestoreJson;
import io.holdfast.cli.json.SnapshotValidateJson;
import java.util.List;
import java.util.Optional;

/**
 * The snapshots that other programs keep in the repository of a {@link Target}, by their ids. Fails
 * as that does.
 */
public interface ForeignTarget {
  /** Of an installation behind a server, which does not tell of them. */
  ForeignTarget NONE = new NoForeignTarget();

  /** All of them, newest first. */
  List<SnapshotJson> list();

  /**
   * The snapshot whose id begins like that; empty if there is none, or if the text names a backup.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code USAGE} if there are several
   */
  Optional<SnapshotJson> find(String id);

  /** Reads every byte of a snapshot. */
  SnapshotValidateJson validate(SnapshotJson snapshot, Watch watch);

  /** Restores a snapshot to a directory that is empty or missing, or does all but that. */
  SnapshotRestoreJson restore(
      SnapshotJson snapshot, String destination, boolean dryRun, Watch watch);
}
