package io.holdfast.vault.backup;

import io.holdfast.engine.repository.content.Damage;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.NodeName;
import io.holdfast.vault.format.tree.NodeType;
import io.holdfast.vault.format.tree.TreeReader;
import io.holdfast.vault.pack.BlobReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One directory of a snapshot, read.
 *
 * @param blobs where trees are read
 * @param subject which directory, for messages; empty for the root
 * @param nodes what is in it
 */
record StoredTree(BlobReader blobs, String subject, Map<NodeName, Node> nodes) {

  static StoredTree read(BlobReader blobs, String subject, ContentId tree) throws IOException {
    var nodes = new HashMap<NodeName, Node>();
    byte[] json = blobs.read(BlobType.TREE, tree);
    var reader = new TreeReader(json, "tree " + tree.brief());
    for (Node node = reader.next(); node != null; node = reader.next()) {
      nodes.put(node.name(), node);
    }
    return new StoredTree(blobs, subject, nodes);
  }

  Optional<Node> find(NodeName name) {
    return Optional.ofNullable(nodes.get(name));
  }

  Node require(NodeName name, NodeType type) {
    return find(name)
        .filter(node -> node.type() == type)
        .orElseThrow(() -> Damage.artifact(path(name), "is not in the snapshot", null));
  }

  StoredTree directory(NodeName name) throws IOException {
    Node node = require(name, NodeType.DIRECTORY);
    return read(
        blobs,
        path(name),
        node.subtree()
            .orElseThrow(() -> Damage.artifact(path(name), "has no tree in the snapshot", null)));
  }

  String path(NodeName name) {
    return subject.isEmpty() ? name.toString() : subject + "/" + name;
  }
}
