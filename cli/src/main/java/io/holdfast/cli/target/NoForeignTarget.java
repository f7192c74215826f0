package io.holdfast.cli.target;

import io.holdfast.cli.json.SnapshotJson;
import io.holdfast.cli.json.SnapshotRestoreJson;
import io.holdfast.cli.json.SnapshotValidateJson;
import java.util.List;
import java.util.Optional;

/** No snapshots at all. */
record NoForeignTarget() implements ForeignTarget {
  @Override
  public List<SnapshotJson> list() {
    return List.of();
  }

  @Override
  public Optional<SnapshotJson> find(String id) {
    return Optional.empty();
  }

  @Override
  public SnapshotValidateJson validate(SnapshotJson snapshot, Watch watch) {
    throw new IllegalStateException("there is no snapshot " + snapshot.snapshotId());
  }

  @Override
  public SnapshotRestoreJson restore(
      SnapshotJson snapshot, String destination, boolean dryRun, Watch watch) {
    throw new IllegalStateException("there is no snapshot " + snapshot.snapshotId());
  }
}
