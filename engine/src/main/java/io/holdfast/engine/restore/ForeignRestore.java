package io.holdfast.engine.restore;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.repository.foreign.ForeignReader;
import io.holdfast.engine.repository.foreign.ForeignSnapshot;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Restores the whole tree of another program's snapshot to a place where nothing is. The tree is
 * staged beside it and takes its place by one rename, so that it is all there or nothing of it.
 * Used once, by one thread.
 */
public final class ForeignRestore {
  /** The kind that restores trees. */
  public static final String KIND = "directory";

  /** How that kind calls its one tree; docs/format.md. */
  private static final String ARTIFACT = "files";

  private final Environment environment;
  private final ComponentHandler directories;
  private final FilePath destination;
  private final boolean dryRun;
  private final RunId run;
  private final RunMonitor monitor;
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

  /**
   * How it went.
   *
   * @param run the restore run
   * @param snapshot what was restored
   * @param destination where to
   * @param dryRun whether it stopped before anything was there
   * @param changes what there is now, or would be
   * @param startedAt when it began
   * @param finishedAt when it ended
   * @param warnings what did not make it fail
   */
  public record Outcome(
      RunId run,
      ForeignSnapshot snapshot,
      FilePath destination,
      boolean dryRun,
      List<Change> changes,
      Instant startedAt,
      Instant finishedAt,
      List<String> warnings) {
    public Outcome {
      changes = List.copyOf(changes);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * @param directories a handler of the kind {@link #KIND}
   * @param destination known to be free, see {@link RestoreDestination}
   * @param dryRun whether to stop when everything is staged, and undo that
   */
  public ForeignRestore(
      Environment environment,
      ComponentHandler directories,
      FilePath destination,
      boolean dryRun,
      RunId run,
      RunMonitor monitor) {
    this.environment = environment;
    this.directories = directories;
    this.destination = destination;
    this.dryRun = dryRun;
    this.run = run;
    this.monitor = monitor;
  }

  /**
   * Restores.
   *
   * @throws HoldfastException if it failed or was cancelled; nothing of it is left then
   */
  public Outcome execute(ForeignReader reader) throws IOException {
    Instant startedAt = environment.clock().instant();
    var made = new ArrayList<FilePath>();
    boolean restored = false;
    try {
      DestinationDirectories.make(environment.files(), destination, destination, made::add);
      List<Change> changes = restore(reader);
      restored = !dryRun;
      monitor.phase(RunPhase.DONE);
      return new Outcome(
          run,
          reader.snapshot(),
          destination,
          dryRun,
          changes,
          startedAt,
          environment.clock().instant(),
          warnings);
    } finally {
      if (!restored) {
        remove(made);
      }
    }
  }

  private List<Change> restore(ForeignReader reader) throws IOException {
    RunRestoreContext context = context();
    monitor.phase(RunPhase.OPEN);
    for (CheckResult check : directories.check(source(reader, silent -> {}), context)) {
      if (!check.ok()) {
        throw new HoldfastException(
            ErrorCode.ARTIFACT_INVALID,
            "snapshot "
                + reader.snapshot().shortId()
                + ": "
                + check.name()
                + " failed: "
                + check.detail(),
            "Nothing was restored. Restore another snapshot.");
      }
    }
    monitor.phase(RunPhase.STAGE);
    StagedRestore staged = directories.stage(source(reader, this::warn), context);
    boolean committed = false;
    try {
      List<Change> changes = staged.changes();
      monitor.cancellation().check();
      if (!dryRun) {
        monitor.phase(RunPhase.COMMIT);
        staged.commit();
        committed = true;
      }
      return changes;
    } finally {
      if (committed) {
        staged.finish();
      } else {
        staged.rollBack();
      }
    }
  }

  private ArtifactSource source(ForeignReader reader, Consumer<String> told) {
    var meter = monitor.meter(reader.snapshot().shortId(), OptionalLong.empty());
    return reader.tree(ARTIFACT, monitor.cancellation(), meter, told);
  }

  private RunRestoreContext context() {
    return new RunRestoreContext(
        run,
        Optional.of(destination),
        true,
        dryRun,
        false,
        List.of(),
        // The destination is made, and nothing else is restored to.
        directory -> List.of(),
        environment.clock(),
        monitor.cancellation(),
        // The kind needs none, so none is made.
        destination.resolve(".holdfast-" + run),
        this::warn,
        // What a process leaves that dies lies beside a place that nothing lived in.
        undo -> {});
  }

  private void warn(String message) {
    warnings.add(message);
    monitor.tell(new RunEvent.Warning(Optional.empty(), message));
  }

  private void remove(List<FilePath> made) {
    try {
      CreatedDirectories.remove(environment.files(), made);
    } catch (IOException unknown) {
      monitor.tell(new RunEvent.Warning(Optional.empty(), String.valueOf(unknown.getMessage())));
    }
  }
}
