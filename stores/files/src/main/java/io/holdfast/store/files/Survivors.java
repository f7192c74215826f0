package io.holdfast.store.files;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.Beside;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.store.files.Selection.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds what lives below a target, is no part of the component, and so has to survive a restore.
 *
 * <p>Staging takes minutes, and an application that writes what is excluded does not stop for it.
 * So the commit looks again: what has appeared since would go with the old tree. Used by one thread
 * at a time.
 */
final class Survivors {
  private final FileLayer files;
  private final Selection selection;
  private final Cancellation cancellation;
  private final FilePath target;
  private final Beside beside;
  private final Map<TreePath, Verdict> searched = new HashMap<>();
  private final Set<TreePath> found = new HashSet<>();

  /** Takes one of them. */
  interface Finder {
    void found(TreePath path, FileStat now) throws IOException;
  }

  Survivors(
      FileLayer files,
      Selection selection,
      Cancellation cancellation,
      FilePath target,
      Beside beside) {
    this.files = files;
    this.selection = selection;
    this.cancellation = cancellation;
    this.target = target;
    this.beside = beside;
  }

  /** Something that is not there yet, and is provided for. */
  void expect(TreePath path) {
    found.add(path);
  }

  /** Finds them in one directory and below, and remembers them and where they were looked for. */
  void find(TreePath directory, Verdict verdict, Finder finder) throws IOException {
    searched.put(directory, verdict);
    walk(
        directory,
        verdict,
        (path, now) -> {
          found.add(path);
          finder.found(path, now);
        });
  }

  /**
   * Looks in the same places again.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code TARGET_UNSUITABLE} if there are more
   */
  void requireNoMore() throws IOException {
    if (selection.takesAll()) {
      return;
    }
    for (Map.Entry<TreePath, Verdict> place : searched.entrySet()) {
      if (files.find(place.getKey().under(target)).filter(FileStat::isDirectory).isPresent()) {
        walk(place.getKey(), place.getValue(), this::requireKnown);
      }
    }
  }

  private void requireKnown(TreePath path, FileStat now) {
    // A socket is nothing without the program that listens, which makes it anew. What a component
    // inside this one has set aside goes with the old tree, as it should.
    if (!found.contains(path)
        && now.type() != FileType.SOCKET
        && !beside.isOwn(path.under(target).name())) {
      throw TargetErrors.unsuitable(
          path.under(target)
              + " appeared while the restore was being prepared; it is no part of the component, and"
              + " must survive",
          "Restore again; stop what writes there if it happens again.");
    }
  }

  private void walk(TreePath directory, Verdict verdict, Finder finder) throws IOException {
    for (byte[] name : files.list(directory.under(target))) {
      cancellation.check();
      TreePath path = directory.resolve(name);
      FileStat now = files.find(path.under(target)).orElse(null);
      if (now == null) {
        continue;
      }
      Verdict own = selection.judge(path, now.isDirectory(), verdict);
      if (own == Verdict.LEFT || now.type() == FileType.SOCKET) {
        finder.found(path, now);
      } else if (now.isDirectory()) {
        walk(path, own, finder);
      }
    }
  }
}
