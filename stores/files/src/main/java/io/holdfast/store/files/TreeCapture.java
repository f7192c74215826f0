package io.holdfast.store.files;

import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.component.CaptureContext.Purpose;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.store.files.Selection.Verdict;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks a live tree in the order of its names' bytes, each directory before what is in it, and
 * hands it to a sink. Symbolic links are kept and never followed, so that no loop can catch it;
 * what is held in memory is the names of the directories on the way down, and the files that have
 * further names.
 *
 * <p>Used once, by one thread.
 */
final class TreeCapture {
  /** A tree of nothing is a whole backup of an empty directory; or its disk is not mounted. */
  static final String EMPTY = "the directory is empty, or all in it is excluded";

  private final CaptureScope scope;
  private final FilePath root;
  private final Selection selection;
  private final boolean oneFileSystem;
  private final HardLinks hardLinks = new HardLinks();
  private final Deque<Level> levels = new ArrayDeque<>();
  private boolean nothingSeen = true;

  /**
   * @param root a directory, no link
   * @param oneFileSystem whether to leave out what is mounted below the root
   */
  TreeCapture(CaptureScope scope, FilePath root, Selection selection, boolean oneFileSystem) {
    this.scope = scope;
    this.root = root;
    this.selection = selection;
    this.oneFileSystem = oneFileSystem;
  }

  /** A directory on the way down; one that is only a passage is told when something below it is. */
  private static final class Level {
    final TreeEntry.Directory entry;
    final FilePath place;
    final Verdict verdict;
    final Iterator<byte[]> names;
    boolean told;

    Level(TreeEntry.Directory entry, FilePath place, Verdict verdict, List<byte[]> names) {
      this.entry = entry;
      this.place = place;
      this.verdict = verdict;
      this.names = names.iterator();
    }
  }

  /** Walks the tree. The sink is neither finished nor closed. */
  void writeTo(TreeSink sink) throws IOException {
    FileStat stat = scope.files().find(root).orElseThrow(() -> missing(root));
    try {
      enter(TreePath.ROOT, root, stat, selection.root(), sink);
    } catch (FileLayerException e) {
      unreadable(TreePath.ROOT, root, e);
    }
    long device = stat.device();
    while (!levels.isEmpty()) {
      scope.cancellation().check();
      Level level = levels.peek();
      if (level.names.hasNext()) {
        visit(level, level.names.next(), device, sink);
      } else {
        levels.pop();
      }
    }
    if (nothingSeen) {
      scope.warnings().add(EMPTY);
    }
  }

  static HoldfastException missing(FilePath path) {
    return new HoldfastException(
            ErrorCode.SOURCE_MISSING,
            path + " does not exist",
            "Correct the path, mount what is missing, or declare the component with 'missing: skip'.")
        .with("path", path.toString());
  }

  private void visit(Level level, byte[] name, long device, TreeSink sink) throws IOException {
    TreePath path = level.entry.path().resolve(name);
    FilePath place = level.place.resolve(name);
    try {
      Optional<FileStat> found = scope.files().find(place);
      if (found.isEmpty()) {
        vanished(path);
        return;
      }
      FileStat stat = found.get();
      Verdict verdict = selection.judge(path, stat.isDirectory(), level.verdict);
      if (verdict == Verdict.LEFT) {
        return;
      }
      nothingSeen = false;
      if (!stat.isDirectory()) {
        tellPassages(sink);
        leaf(path, place, stat, sink);
      } else if (oneFileSystem && stat.device() != device) {
        mountPoint(path, place, stat, verdict, sink);
      } else {
        enter(path, place, stat, verdict, sink);
      }
    } catch (FileLayerException e) {
      unreadable(path, place, e);
    }
  }

  private void enter(TreePath path, FilePath place, FileStat stat, Verdict verdict, TreeSink sink)
      throws IOException {
    var entry = new TreeEntry.Directory(path, metadata(place, stat));
    List<byte[]> names;
    try {
      names = scope.files().list(place);
    } catch (FileLayerException e) {
      unreadable(path, place, e);
      names = List.of();
      if (isGone(e)) {
        return;
      }
    }
    levels.push(new Level(entry, place, verdict, names));
    if (verdict == Verdict.PROTECTED) {
      tellPassages(sink);
    }
  }

  /** Adds the directories on the way down that were not added yet. */
  private void tellPassages(TreeSink sink) throws IOException {
    for (Iterator<Level> down = levels.descendingIterator(); down.hasNext(); ) {
      Level level = down.next();
      if (!level.told) {
        level.told = true;
        sink.add(level.entry);
      }
    }
  }

  private void mountPoint(
      TreePath path, FilePath place, FileStat stat, Verdict verdict, TreeSink sink)
      throws IOException {
    scope
        .warnings()
        .add(path + " is on another file system; what is in it was left out (one_file_system)");
    if (verdict == Verdict.PROTECTED) {
      tellPassages(sink);
      sink.add(new TreeEntry.Directory(path, metadata(place, stat)));
    }
  }

  private void leaf(TreePath path, FilePath place, FileStat stat, TreeSink sink)
      throws IOException {
    switch (stat.type()) {
      case REGULAR -> file(path, place, stat, sink);
      case SYMLINK ->
          sink.add(
              new TreeEntry.Symlink(path, metadata(place, stat), scope.files().readSymlink(place)));
      case SOCKET ->
          scope
              .warnings()
              .add(path + " is a socket and was left out: its application makes it anew");
      case FIFO, CHARACTER_DEVICE, BLOCK_DEVICE ->
          sink.add(
              new TreeEntry.Special(path, metadata(place, stat), stat.type(), stat.deviceNumber()));
      case DIRECTORY -> throw new IllegalStateException("a directory is no leaf: " + path);
    }
  }

  private void file(TreePath path, FilePath place, FileStat stat, TreeSink sink)
      throws IOException {
    Metadata metadata = metadata(place, stat);
    TreePath original = hardLinks.seen(stat);
    if (original != null) {
      sink.add(new TreeEntry.HardLink(path, metadata, original));
      return;
    }
    // A file with further names is read at once: they may be told only if it is in the tree.
    boolean detached = stat.links() == 1;
    var content = new LiveContent(scope, place, path, stat, detached);
    sink.file(
        new TreeEntry.RegularFile(path, metadata, stat.size(), Extents.isSparse(stat)), content);
    if (!detached && !content.wasLost()) {
      hardLinks.add(stat, path);
    }
  }

  private Metadata metadata(FilePath place, FileStat stat) throws IOException {
    return Metadata.of(stat, attributes(scope, place));
  }

  /** Extended attributes; none where the file system knows none, or a safety backup may not ask. */
  static Map<AttributeName, byte[]> attributes(CaptureScope scope, FilePath place)
      throws IOException {
    try {
      return scope.files().attributes(place);
    } catch (FileLayerException e) {
      if (e.reason() != Reason.NOT_SUPPORTED
          && !(e.reason() == Reason.NOT_PERMITTED && scope.purpose() == Purpose.SAFETY)) {
        throw e;
      }
      return Map.of();
    }
  }

  private void vanished(TreePath path) {
    scope.warnings().add(path + " vanished before it could be read");
  }

  private static boolean isGone(FileLayerException e) {
    return e.reason() == Reason.NOT_FOUND || e.reason() == Reason.NOT_A_DIRECTORY;
  }

  /**
   * What cannot be read fails the capture, unless it is gone, or all that can be saved is wanted.
   */
  private void unreadable(TreePath path, FilePath place, FileLayerException e)
      throws FileLayerException {
    if (!e.path().equals(place)) {
      throw e;
    }
    if (isGone(e)) {
      if (path.isRoot()) {
        throw missing(place);
      }
      vanished(path);
    } else if (scope.purpose() == Purpose.SAFETY) {
      scope.warnings().add(path + " is not wholly in this backup: " + e.reason().words());
    } else if (e.reason() == Reason.NOT_PERMITTED || e.reason() == Reason.TOO_LONG) {
      throw LiveContent.unreadable(place, e);
    } else {
      throw e;
    }
  }
}
