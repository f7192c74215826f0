package io.holdfast.cli.local;

import io.holdfast.cli.json.SnapshotJson;
import io.holdfast.cli.json.SnapshotRestoreJson;
import io.holdfast.cli.json.SnapshotValidateJson;
import io.holdfast.cli.target.ForeignTarget;
import io.holdfast.cli.target.Watch;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.ForeignBackups;
import io.holdfast.engine.component.Change;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.foreign.ForeignSnapshot;
import io.holdfast.engine.restore.ForeignRestore;
import io.holdfast.server.document.ChangeJson;
import io.holdfast.server.document.Documents;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots of other programs in a repository of this machine.
 *
 * @param snapshots by the engine in this process
 * @param surroundings where relative paths begin
 */
record LocalForeign(ForeignBackups snapshots, Surroundings surroundings) implements ForeignTarget {
  @Override
  public List<SnapshotJson> list() {
    return snapshots.list().stream().map(LocalForeign::document).toList();
  }

  @Override
  public Optional<SnapshotJson> find(String id) {
    return snapshots.find(id).map(LocalForeign::document);
  }

  @Override
  public SnapshotValidateJson validate(SnapshotJson snapshot, Watch watch) {
    try (var monitored = new Monitored(watch)) {
      List<RepositoryProblem> problems = snapshots.validate(foreign(snapshot), monitored.monitor());
      return new SnapshotValidateJson(
          SnapshotValidateJson.SCHEMA,
          problems.isEmpty(),
          snapshot.snapshotId(),
          problems.stream().map(Documents::problem).toList());
    }
  }

  @Override
  public SnapshotRestoreJson restore(
      SnapshotJson snapshot, String destination, boolean dryRun, Watch watch) {
    try (var monitored = new Monitored(watch)) {
      ForeignRestore.Outcome outcome =
          snapshots.restore(
              foreign(snapshot),
              Paths.resolve(destination, surroundings),
              dryRun,
              monitored.monitor());
      return new SnapshotRestoreJson(
          SnapshotRestoreJson.SCHEMA,
          outcome.run().value(),
          outcome.snapshot().id(),
          outcome.dryRun(),
          outcome.startedAt(),
          outcome.finishedAt(),
          outcome.destination().toString(),
          outcome.changes().stream().map(LocalForeign::change).toList(),
          outcome.warnings());
    }
  }

  private static ChangeJson change(Change change) {
    return new ChangeJson(
        change.action().word(),
        change.subject(),
        change.detail().isEmpty() ? null : change.detail());
  }

  private static SnapshotJson document(ForeignSnapshot snapshot) {
    return new SnapshotJson(
        snapshot.id(),
        snapshot.time(),
        snapshot.host(),
        snapshot.user(),
        snapshot.paths(),
        snapshot.tags(),
        snapshot.program().isEmpty() ? null : snapshot.program());
  }

  private static ForeignSnapshot foreign(SnapshotJson document) {
    return new ForeignSnapshot(
        document.snapshotId(),
        document.time(),
        document.host(),
        document.username(),
        document.paths(),
        document.tags(),
        document.program() == null ? "" : document.program());
  }
}
