package io.holdfast.vault.backup;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.NodeType;
import io.holdfast.vault.format.tree.TreeReader;
import io.holdfast.vault.pack.BlobReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How much lies below trees, where what two places share counts twice. Each tree is read once,
 * however many share it. Not thread-safe.
 */
final class TreeTotals {
  private final BlobReader blobs;
  private final Cancellation cancellation;
  private final Map<ContentId, Below> known = new HashMap<>();

  TreeTotals(BlobReader blobs, Cancellation cancellation) {
    this.blobs = blobs;
    this.cancellation = cancellation;
  }

  /**
   * What lies below a tree.
   *
   * @param bytes of files
   */
  record Below(long files, long bytes) {
    Below plus(Below other) {
      return new Below(files + other.files, bytes + other.bytes);
    }
  }

  /** A tree that was read, and whose subtrees are being added up. */
  private record Open(ContentId tree, Below own, List<ContentId> below, Iterator<ContentId> next) {}

  Below below(ContentId root) throws IOException {
    // A stack of its own: a tree may be deeper than a thread's stack bears.
    var open = new ArrayDeque<Open>();
    if (!known.containsKey(root)) {
      open.push(read(root));
    }
    while (!open.isEmpty()) {
      Open top = open.element();
      if (!top.next().hasNext()) {
        open.pop();
        known.put(
            top.tree(),
            top.below().stream().map(this::total).reduce(top.own(), Below::plus, Below::plus));
        continue;
      }
      ContentId next = top.next().next();
      if (!known.containsKey(next)) {
        open.push(read(next));
      }
    }
    return total(root);
  }

  private Below total(ContentId tree) {
    return Objects.requireNonNull(known.get(tree));
  }

  private Open read(ContentId tree) throws IOException {
    cancellation.check();
    long files = 0;
    long bytes = 0;
    var below = new ArrayList<ContentId>();
    var reader = new TreeReader(blobs.read(BlobType.TREE, tree), "tree " + tree.brief());
    for (Node node = reader.next(); node != null; node = reader.next()) {
      if (node.type() == NodeType.FILE) {
        files++;
        bytes += node.size();
      }
      node.subtree().ifPresent(below::add);
    }
    return new Open(tree, new Below(files, bytes), below, below.iterator());
  }
}
