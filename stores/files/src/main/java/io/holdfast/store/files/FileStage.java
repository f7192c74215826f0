package io.holdfast.store.files;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.ArtifactSource.TreeVisitor;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.Beside;
import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.component.UndoRecord.Swap;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.restore.FileSwaps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Restores single files, each beside its live one. Directories that are missing above them are made
 * as they were in the backup; those that exist stay as they are.
 *
 * <p>Used once, by one thread.
 */
final class FileStage {
  private final FileLayer files;
  private final RestoreContext context;
  private final Set<TreePath> wanted;
  private final FilePath top;
  private final Beside beside;
  private final Map<TreePath, FilePath> targets = new LinkedHashMap<>();
  private final Set<TreePath> others = new LinkedHashSet<>();
  private final Map<TreePath, Metadata> directories = new LinkedHashMap<>();
  private UndoRecord recorded = UndoRecord.ofSwaps(List.of());

  /**
   * @param wanted which files to restore; empty for all
   * @param top the directory that stands for the root of the file system
   */
  FileStage(FileLayer files, RestoreContext context, Set<TreePath> wanted, FilePath top) {
    this.files = files;
    this.context = context;
    this.wanted = wanted;
    this.top = top;
    this.beside = new Beside(context.run());
  }

  StagedRestore execute(ArtifactSource source) throws IOException {
    context.cancellation().check();
    source.tree(FileHandler.ARTIFACT, new Look());
    requireSomeTarget();
    plan();
    try {
      context.record(recorded);
      makeParents();
      var metadata = new MetadataWriter(files, context::warn);
      var restorer = new FileRestorer(files, metadata, context.cancellation());
      source.tree(FileHandler.ARTIFACT, new Restore(restorer));
      for (FilePath target : targets.values()) {
        files.sync(beside.staged(target));
      }
      context.cancellation().check();
      return StagedFiles.ready(files, recorded, List.of(), this::changes, () -> {});
    } catch (IOException | RuntimeException e) {
      Exception told = TargetErrors.of(e, this::isTarget);
      undoAfter(told);
      throw TargetErrors.rethrow(told);
    }
  }

  /** A restore that restores nothing must not look like one that did. */
  private void requireSomeTarget() {
    if (targets.isEmpty()) {
      throw TargetErrors.unsuitable(
          "the backup holds none of the files that the component names; it holds "
              + String.join(", ", others.stream().map(path -> "/" + path).toList()),
          "Name those paths in the component, or restore to a directory with --to and copy from there.");
    }
  }

  /** Whether a path is a target, one of what is made beside it, or a directory made for it. */
  private boolean isTarget(FilePath path) {
    return targets.values().stream()
        .anyMatch(target -> path.parent().equals(target.parent()) || target.startsWith(path));
  }

  private void undoAfter(Exception failure) {
    try {
      new FileSwaps(files, recorded).rollBack();
      UndoDetails.of(recorded.details()).undo(files);
    } catch (IOException | RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  /** Decides on the targets, and records how to undo what will be made. */
  private void plan() throws IOException {
    MountPoints mounts = MountPoints.read(files);
    var swaps = new ArrayList<Swap>();
    for (FilePath target : targets.values()) {
      FileStat live = files.find(target).orElse(null);
      if (live != null && live.isDirectory()) {
        throw TargetErrors.unsuitable(
            target + " is a directory", "Move it away, so that the file can be restored.");
      }
      if (mounts.isMountPoint(target)) {
        throw TargetErrors.unsuitable(
            target + " is a mount point, which cannot be replaced",
            "Restore to another directory with --to, and copy the content into it.");
      }
      swaps.add(new Swap(target, beside.staged(target), beside.aside(target)));
    }
    recorded = UndoRecord.ofSwaps(swaps);
  }

  /** Those that are missing are made as they were in the backup. */
  private void makeParents() throws IOException {
    var created = new LinkedHashSet<FilePath>();
    for (FilePath target : targets.values()) {
      created.addAll(context.makeDirectories(target.parent()));
    }
    var metadata = new MetadataWriter(files, context::warn);
    for (FilePath directory : List.copyOf(created).reversed()) {
      Metadata stored = storedMetadata(directory);
      if (stored != null) {
        metadata.apply(directory, stored);
      }
    }
  }

  private @Nullable Metadata storedMetadata(FilePath directory) {
    for (var entry : directories.entrySet()) {
      if (entry.getKey().under(top).equals(directory)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private List<Change> changes() throws IOException {
    var list = new ChangeList();
    var comparison = new TreeComparison(files, Selection.ALL, context.cancellation(), list);
    for (FilePath target : targets.values()) {
      FilePath staged = beside.staged(target);
      comparison.compareOne(
          target, staged, files.find(target).orElse(null), files.find(staged).orElse(null));
    }
    return list.toList(top);
  }

  private boolean isWanted(TreePath path) {
    return wanted.isEmpty() || wanted.contains(path);
  }

  /** First reading: what is there. */
  private final class Look implements TreeVisitor {
    private final ListingOrder<TreePath> order = new ListingOrder<>(TreePath.ROOT, path -> {});

    @Override
    public void entry(TreeEntry entry) {
      context.cancellation().check();
      order.parentOf(entry);
      if (!(entry instanceof TreeEntry.Directory)) {
        throw ListingOrder.invalid(entry.path() + " is neither a file nor a directory");
      }
      if (!entry.path().isRoot()) {
        order.enter(entry.path(), entry.path());
        directories.put(entry.path(), entry.metadata());
      }
    }

    @Override
    public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
      context.cancellation().check();
      order.parentOf(entry);
      if (!isWanted(entry.path())) {
        others.add(entry.path());
        context.warn("/" + entry.path() + " was not restored: the component no longer names it");
      } else if (targets.put(entry.path(), RealPaths.of(files, entry.path().under(top))) != null) {
        throw ListingOrder.invalid(entry.path() + " is listed twice");
      }
    }
  }

  /** Second reading: the files themselves. */
  private final class Restore implements TreeVisitor {
    private final FileRestorer restorer;

    Restore(FileRestorer restorer) {
      this.restorer = restorer;
    }

    @Override
    public void entry(TreeEntry entry) {}

    @Override
    public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
      FilePath target = targets.get(entry.path());
      if (target != null) {
        if (context.delta() && context.destination().isEmpty()) {
          restorer.write(beside.staged(target), entry, content, target);
        } else {
          restorer.write(beside.staged(target), entry, content);
        }
      }
    }
  }
}
