package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Metadata;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.tree.EntryNodes;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.NodeName;
import io.holdfast.vault.format.tree.TreeWriter;
import io.holdfast.vault.pack.BlobWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes the trees of the format from the bottom up: a directory's tree is stored when it is left,
 * so that no more is in memory than the directories that are open. Not thread-safe.
 */
final class TreeAssembly {
  private final BlobWriter blobs;
  private final ArrayDeque<Open> open = new ArrayDeque<>();

  private record Open(NodeName name, Metadata metadata, List<Node> nodes) {}

  /**
   * @param root what is said of the directory that all else is in
   */
  TreeAssembly(BlobWriter blobs, NodeName name, Metadata root) {
    this.blobs = blobs;
    open.push(new Open(name, root, new ArrayList<>()));
  }

  /** How many directories are open, the root included. */
  int depth() {
    return open.size();
  }

  /** Opens a directory in the one that is open. */
  void enter(NodeName name, Metadata metadata) {
    open.push(new Open(name, metadata, new ArrayList<>()));
  }

  /** Adds anything but a directory to the one that is open. */
  void add(Node node) {
    top().nodes.add(node);
  }

  /** Leaves the directory that is open, for the one that holds it. */
  void leave() throws IOException {
    Node left = store(open.pop());
    top().nodes.add(left);
  }

  /**
   * Leaves all of them.
   *
   * @return the root
   */
  Node finish() throws IOException {
    while (open.size() > 1) {
      leave();
    }
    return store(open.pop());
  }

  private Open top() {
    Open top = open.peek();
    if (top == null) {
      throw new IllegalStateException("the tree was finished");
    }
    return top;
  }

  private Node store(Open directory) throws IOException {
    return EntryNodes.directory(directory.name, directory.metadata, store(blobs, directory.nodes));
  }

  /** Stores a tree of these nodes, in the order of their names. */
  static ContentId store(BlobWriter blobs, List<Node> nodes) throws IOException {
    var tree = new TreeWriter(nodes.size());
    nodes.stream().sorted(Comparator.comparing(Node::name)).forEach(tree::add);
    byte[] json = tree.finish();
    return blobs.save(BlobType.TREE, json, 0, json.length);
  }
}
