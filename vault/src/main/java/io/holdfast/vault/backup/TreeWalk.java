package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.vault.format.tree.EntryNodes;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.NodeType;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * Goes down a snapshot beside a listing, whose entries come depth first. In memory are the
 * directories that lead to where it is. Not thread-safe.
 */
final class TreeWalk {
  private final ArrayDeque<TreePath> paths = new ArrayDeque<>();
  private final ArrayDeque<StoredTree> trees = new ArrayDeque<>();

  TreeWalk(StoredTree root) {
    paths.push(TreePath.ROOT);
    trees.push(root);
  }

  /** The node of a file, which has to be there. */
  Node node(TreePath file) throws IOException {
    return enter(file.parent()).require(EntryNodes.name(file), NodeType.FILE);
  }

  private StoredTree enter(TreePath directory) throws IOException {
    while (!isAbove(paths.element(), directory)) {
      paths.pop();
      trees.pop();
    }
    if (paths.element().equals(directory)) {
      return trees.element();
    }
    StoredTree parent = enter(directory.parent());
    StoredTree entered = parent.directory(EntryNodes.name(directory));
    paths.push(directory);
    trees.push(entered);
    return entered;
  }

  private static boolean isAbove(TreePath above, TreePath path) {
    for (TreePath at = path; ; at = at.parent()) {
      if (at.equals(above)) {
        return true;
      }
      if (at.isRoot()) {
        return false;
      }
    }
  }
}
