package io.holdfast.vault.backup;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.TreeReader;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** How much the blobs of a snapshot take in packs, each counted once. */
final class StoredSize {
  private final BlobReader blobs;
  private final BlobIndex index;
  private final Set<ContentId> seen = new HashSet<>();
  private long bytes;

  StoredSize(BlobReader blobs, BlobIndex index) {
    this.blobs = blobs;
    this.index = index;
  }

  long of(ContentId tree) throws IOException {
    // A stack of its own: a tree may be deeper than a thread's stack bears.
    var left = new ArrayDeque<ContentId>();
    left.push(tree);
    while (!left.isEmpty()) {
      ContentId next = left.pop();
      if (add(BlobType.TREE, next)) {
        count(next, left);
      }
    }
    return bytes;
  }

  private void count(ContentId tree, ArrayDeque<ContentId> left) throws IOException {
    var reader = new TreeReader(blobs.read(BlobType.TREE, tree), "tree " + tree.brief());
    for (Node node = reader.next(); node != null; node = reader.next()) {
      if (node.content().isPresent()) {
        node.content().get().forEach(chunk -> add(BlobType.DATA, chunk));
      }
      node.subtree().ifPresent(left::push);
    }
  }

  private boolean add(BlobType type, ContentId id) {
    boolean fresh = seen.add(id);
    if (fresh) {
      bytes += index.find(type, id).map(place -> place.blob().length()).orElse(0L);
    }
    return fresh;
  }
}
