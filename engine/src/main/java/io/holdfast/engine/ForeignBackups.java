package io.holdfast.engine;

import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.foreign.ForeignReader;
import io.holdfast.engine.repository.foreign.ForeignSnapshot;
import io.holdfast.engine.repository.foreign.ForeignSnapshots;
import io.holdfast.engine.restore.DestinationDirectories;
import io.holdfast.engine.restore.ForeignRestore;
import io.holdfast.engine.restore.RestoreDestination;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What can be done with the snapshots that other programs keep in the repository of an
 * installation: everything but changing them. Needs no lock. Thread-safe; fails as {@link Engine}
 * does.
 */
public final class ForeignBackups {
  private final Environment environment;
  private final Installation installation;
  private final Kinds kinds;
  private final Supplier<RunId> nextRun;

  /**
   * @param nextRun names restore runs
   */
  ForeignBackups(
      Environment environment, Installation installation, Kinds kinds, Supplier<RunId> nextRun) {
    this.environment = environment;
    this.installation = installation;
    this.kinds = kinds;
    this.nextRun = nextRun;
  }

  /** All of them, newest first. */
  public List<ForeignSnapshot> list() {
    return Engine.guarded(() -> snapshots().list());
  }

  /**
   * The snapshot whose id begins like that. A text that names a backup of Holdfast's names no
   * other.
   *
   * @return empty if there is none
   * @throws HoldfastException {@code USAGE} if there are several
   */
  public Optional<ForeignSnapshot> find(String id) {
    return Engine.guarded(() -> BackupNames.foreign(id, installation.repository()));
  }

  /**
   * Reads every byte of a snapshot.
   *
   * @return what is wrong; empty if nothing is
   */
  public List<RepositoryProblem> validate(ForeignSnapshot snapshot, RunMonitor monitor) {
    return verify(List.of(snapshot), true, snapshot.shortId(), monitor);
  }

  /** Looks at all of them, or reads every byte; see {@link Engine#check}. */
  List<RepositoryProblem> check(boolean readData, RunMonitor monitor) {
    List<ForeignSnapshot> all = Engine.guarded(() -> snapshots(monitor).list());
    return all.isEmpty() ? List.of() : verify(all, readData, "snapshots", monitor);
  }

  private List<RepositoryProblem> verify(
      List<ForeignSnapshot> snapshots, boolean content, String what, RunMonitor monitor) {
    return Engine.guarded(() -> {
      monitor.phase(RunPhase.VERIFY);
      return snapshots(monitor)
          .verify(
              snapshots,
              content,
              monitor.cancellation(),
              monitor.meter(what, OptionalLong.empty()));
    });
  }

  /**
   * Restores a snapshot to another place: it has none of its own here. What fails is an exception,
   * since nothing is left of it.
   *
   * @param destination a directory that does not exist or is empty, apart from the installation
   * @param dryRun whether to stop when everything is staged, and undo that
   */
  public ForeignRestore.Outcome restore(
      ForeignSnapshot snapshot, FilePath destination, boolean dryRun, RunMonitor monitor) {
    return Engine.guarded(() -> {
      DestinationDirectories.requirePossible(environment.files(), destination);
      RestoreDestination.requireFree(environment.files(), installation, destination);
      ComponentHandler directories =
          kinds.recorded(
              "a restore of snapshot " + snapshot.shortId(),
              new ComponentName("snapshot"),
              ForeignRestore.KIND,
              Map.of("path", destination.toString()),
              environment.files());
      try (ForeignReader reader = snapshots(monitor).open(snapshot)) {
        RunId run = nextRun.get();
        monitor.tell(new RunEvent.RunStarted(run, dryRun ? "dry run" : "restore"));
        return new ForeignRestore(environment, directories, destination, dryRun, run, monitor)
            .execute(reader);
      }
    });
  }

  private ForeignSnapshots snapshots(RunMonitor monitor) {
    return installation.repository().under(monitor.cancellation()).foreign();
  }

  private ForeignSnapshots snapshots() {
    return installation.repository().foreign();
  }
}
