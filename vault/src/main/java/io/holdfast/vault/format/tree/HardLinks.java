package io.holdfast.vault.format.tree;

import io.holdfast.engine.artifact.TreePath;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the nodes of one tree that are names of one file, while they pass by. Remembers one of each
 * file with more than one link. Not thread-safe.
 */
public final class HardLinks {
  private final Map<Key, First> firsts = new HashMap<>();

  private record Key(long number, long device) {}

  private record First(TreePath path, Node node) {}

  /** Whether a node is that of a file with more than one name. */
  public static boolean isLinked(Node node) {
    // The number of links has no sign, so a negative one is large.
    return node.type() == NodeType.FILE
        && node.inode().number() != 0
        && node.inode().links() != 0
        && node.inode().links() != 1;
  }

  /**
   * The path of the file that a node is one more name of.
   *
   * <p>Its content has to be the same too: a file that changed between the reading of its names has
   * two contents under one number, and neither must be lost.
   *
   * @param path where the node lies; what comes after may be a link to it
   * @return empty if the node is a file of its own, or none
   */
  public Optional<TreePath> original(Node node, TreePath path) {
    if (!isLinked(node)) {
      return Optional.empty();
    }
    First first =
        firsts.putIfAbsent(
            new Key(node.inode().number(), node.inode().device()), new First(path, node));
    boolean same =
        first != null
            && first.node.size() == node.size()
            && first.node.content().equals(node.content());
    return same ? Optional.of(first.path) : Optional.empty();
  }
}
