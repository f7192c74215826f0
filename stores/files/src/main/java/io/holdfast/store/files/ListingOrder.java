package io.holdfast.store.files;

import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds a listing to the order in which trees are captured: each directory, then all that is in it,
 * then its next sibling, siblings in ascending order of the bytes of their names. So the directory
 * that an entry lies in is always one that the listing has just named as such, never a symbolic
 * link of its own making that leads elsewhere; and when a directory is left, nothing more comes
 * into it.
 *
 * <p>Not thread-safe.
 *
 * @param <D> what is kept of an open directory
 */
final class ListingOrder<D> {
  private static final class Open<D> {
    final TreePath path;
    final D value;
    @Nullable TreePath last;

    Open(TreePath path, D value) {
      this.path = path;
      this.value = value;
    }
  }

  private final Deque<Open<D>> open = new ArrayDeque<>();
  private final Consumer<D> left;

  /**
   * @param root stands for the root, also in a listing that does not name it
   * @param left told of each directory that nothing more comes into, the deepest first
   */
  ListingOrder(D root, Consumer<D> left) {
    this.left = left;
    open.push(new Open<>(TreePath.ROOT, root));
  }

  /**
   * The directory that holds the next entry, after all that are over by now were left.
   *
   * @throws HoldfastException {@code ARTIFACT_INVALID} if it is not open
   */
  D parentOf(TreeEntry entry) {
    TreePath parent = entry.path().parent();
    while (!open.peek().path.equals(parent)) {
      if (open.size() == 1) {
        throw invalid(entry.path() + " is listed where no directory holds it");
      }
      left.accept(open.pop().value);
    }
    if (!entry.path().isRoot()) {
      requireAscending(open.peek(), entry.path());
    }
    return open.peek().value;
  }

  /** So that a name that comes twice is noticed without remembering a million of them. */
  private void requireAscending(Open<D> directory, TreePath path) {
    TreePath last = directory.last;
    if (last != null && last.compareTo(path) >= 0) {
      throw invalid(
          path
              + " is listed "
              + (last.equals(path) ? "twice" : "after " + last + ", out of order"));
    }
    directory.last = path;
  }

  /** Opens a directory; the one that holds it is open. */
  void enter(TreePath path, D value) {
    open.push(new Open<>(path, value));
  }

  /** Leaves all directories, the root last. */
  void finish() {
    while (!open.isEmpty()) {
      left.accept(open.pop().value);
    }
  }

  static HoldfastException invalid(String what) {
    return new HoldfastException(
        ErrorCode.ARTIFACT_INVALID,
        "the listing of the backup makes no tree: " + what,
        "Nothing was restored. Restore another backup, and check the repository.");
  }
}
