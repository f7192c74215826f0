package io.holdfast.store.files;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.component.Beside;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.component.UndoRecord.Swap;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.restore.FileSwaps;
import io.holdfast.store.files.Selection.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Restores a tree beside its target, in these steps; whatever fails, all of it is removed again:
 *
 * <ol>
 *   <li>record the name of the staging directory
 *   <li>make it, and directories that are missing above it, and restore the tree there
 *   <li>plan the renames, record them, and bring what is swapped one by one to its place
 *   <li>sync the file system
 * </ol>
 *
 * <p>Used once, by one thread.
 */
final class DirectoryStage {
  private static final int STAGING_MODE = 0700;

  private final FileLayer files;
  private final RestoreContext context;
  private final Selection selection;
  private final boolean oneFileSystem;
  private final FilePath target;
  private final Beside beside;
  private UndoRecord recorded = UndoRecord.ofSwaps(List.of());

  /**
   * @param selection what a restore may touch; everything when it goes to a destination
   * @param target the live directory, no link in its path; it need not exist
   */
  DirectoryStage(
      FileLayer files,
      RestoreContext context,
      Selection selection,
      boolean oneFileSystem,
      FilePath target) {
    this.files = files;
    this.context = context;
    this.selection = selection;
    this.oneFileSystem = oneFileSystem;
    this.target = target;
    this.beside = new Beside(context.run());
  }

  StagedRestore execute(ArtifactSource source, String artifact) throws IOException {
    context.cancellation().check();
    FileStat live = files.find(target).orElse(null);
    if (live != null && !live.isDirectory()) {
      throw TargetErrors.unsuitable(
          target + " is no directory",
          "Move it away, so that the directory can be restored in its place.");
    }
    MountPoints mounts = MountPoints.read(files);
    boolean keeps = SwapPlanner.keepsTarget(files, target, selection, mounts);
    boolean ownFileSystem = live != null && keeps && isRootOfFileSystem(live, mounts);
    FilePath staged = ownFileSystem ? beside.in(target, 0, ".tree") : beside.staged(target);
    try {
      // Its target is a name that never exists: this swap is here to have the directory removed.
      Swap staging =
          keeps
              ? new Swap(staged.withSuffix(".none"), staged, staged.withSuffix(".never"))
              : new Swap(target, staged, beside.aside(target));
      List<Stamp> stamps = keeps && live != null ? List.of(Stamp.of(target, live)) : List.of();
      record(new UndoRecord(List.of(staging), new UndoDetails(stamps).toMap()));
      context.makeDirectories(target.parent());
      files.createDirectory(staged, STAGING_MODE);
      restore(source, artifact, staged);
      return finish(live, mounts, keeps, staged, staging);
    } catch (IOException | RuntimeException e) {
      Exception told =
          TargetErrors.of(
              e,
              path ->
                  path.startsWith(staged) || path.startsWith(target) || target.startsWith(path));
      try {
        undo();
      } catch (IOException | RuntimeException alsoFailed) {
        told.addSuppressed(alsoFailed);
      }
      throw TargetErrors.rethrow(told);
    }
  }

  private boolean isRootOfFileSystem(FileStat live, MountPoints mounts) throws IOException {
    return mounts.isMountPoint(target) || live.device() != files.follow(target.parent()).device();
  }

  private void record(UndoRecord record) {
    context.record(record);
    recorded = record;
  }

  private void undo() throws IOException {
    new FileSwaps(files, recorded).rollBack();
    UndoDetails.of(recorded.details()).undo(files);
  }

  private void restore(ArtifactSource source, String artifact, FilePath staged) throws IOException {
    try (var restorer =
        new TreeRestorer(
            files,
            staged,
            context.delta() && context.destination().isEmpty()
                ? Optional.of(target)
                : Optional.empty(),
            context.cancellation(),
            context::warn,
            new Wanted())) {
      source.tree(artifact, restorer);
      long left = restorer.finish();
      if (left > 0) {
        context.warn(
            left
                + " entries of the backup were not restored, since the component's include and"
                + " exclude patterns no longer cover them; --to restores everything");
      }
    }
  }

  private StagedRestore finish(
      @Nullable FileStat live, MountPoints mounts, boolean keeps, FilePath staged, Swap staging)
      throws IOException {
    var changes = new LazyChanges(files, selection, context.cancellation(), target, staged);
    var planner =
        new SwapPlanner(
            files,
            beside,
            selection,
            oneFileSystem,
            mounts,
            context.cancellation(),
            target,
            staged,
            realPlaces());
    SwapPlan plan;
    if (keeps && live != null) {
      changes.get();
      plan = planner.inside(Stamp.of(target, live));
    } else {
      plan = planner.whole();
    }
    record(plan.undo(staging));
    for (SwapPlan.Placement placement : plan.placements()) {
      if (files.find(placement.from()).isPresent()) {
        files.rename(placement.from(), placement.to());
      }
    }
    if (keeps) {
      FileTrees.deleteTree(files, staged);
      for (Stamp stamp : plan.before()) {
        stamp.apply(files);
      }
    }
    files.syncFileSystem(keeps ? target : staged);
    context.cancellation().check();
    return StagedFiles.ready(
        files, recorded, plan.after(), changes, planner.survivors()::requireNoMore);
  }

  private List<FilePath> realPlaces() throws IOException {
    List<FilePath> real = new ArrayList<>();
    for (FilePath place : context.places()) {
      real.add(RealPaths.of(files, place));
    }
    return real;
  }

  /** What the patterns that are in force now cover; they may have changed since the backup. */
  private final class Wanted implements Predicate<TreeEntry> {
    @Override
    public boolean test(TreeEntry entry) {
      return selection.judgeFromRoot(entry.path(), entry instanceof TreeEntry.Directory)
          != Verdict.LEFT;
    }
  }
}
