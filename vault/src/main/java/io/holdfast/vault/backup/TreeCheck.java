package io.holdfast.vault.backup;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.tree.ContentIds;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.TreeReader;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.DamagedBlobException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Follows the trees of snapshots, each tree once, and tells what they lead to and is not there. */
final class TreeCheck {
  private final BlobReader blobs;
  private final BlobIndex index;
  private final Cancellation cancellation;
  private final FoundProblems problems;
  private final BitSet seen = new BitSet();

  private record Found(ContentId tree, String path) {}

  TreeCheck(BlobReader blobs, BlobIndex index, Cancellation cancellation, FoundProblems problems) {
    this.blobs = blobs;
    this.index = index;
    this.cancellation = cancellation;
    this.problems = problems;
  }

  /**
   * Checks what a snapshot leads to.
   *
   * @param run the backup that it is, if it is one
   */
  void check(ContentId snapshot, Optional<RunId> run, ContentId root) throws IOException {
    String prefix = prefix(snapshot, run);
    var left = new ArrayDeque<Found>();
    left.push(new Found(root, prefix));
    while (!left.isEmpty()) {
      cancellation.check();
      Found next = left.pop();
      int place = index.numberOf(BlobType.TREE, next.tree());
      if (place < 0) {
        problems.add(run, next.path(), "tree " + next.tree().brief() + " is in no index");
      } else if (!seen.get(place)) {
        seen.set(place);
        directory(run, next, left);
      }
    }
  }

  /** How paths in a snapshot begin: of one that is no backup, with its name. */
  static String prefix(ContentId snapshot, Optional<RunId> run) {
    return run.isPresent() ? "" : "snapshot " + snapshot.brief() + ":/";
  }

  private void directory(Optional<RunId> run, Found directory, ArrayDeque<Found> left)
      throws IOException {
    for (Node node : nodes(run, directory)) {
      String path =
          directory.path().isEmpty() || directory.path().endsWith("/")
              ? directory.path() + node.name()
              : directory.path() + "/" + node.name();
      node.subtree().ifPresent(tree -> left.push(new Found(tree, path)));
      for (ContentId chunk : node.content().orElse(ContentIds.EMPTY)) {
        if (index.numberOf(BlobType.DATA, chunk) < 0) {
          problems.add(run, path, "chunk " + chunk.brief() + " is in no index");
        }
      }
    }
  }

  private List<Node> nodes(Optional<RunId> run, Found directory) throws IOException {
    var nodes = new ArrayList<Node>();
    try {
      var reader =
          new TreeReader(
              blobs.read(BlobType.TREE, directory.tree()), "tree " + directory.tree().brief());
      for (Node node = reader.next(); node != null; node = reader.next()) {
        nodes.add(node);
      }
    } catch (DamagedBlobException | FormatException damaged) {
      problems.add(run, directory.path(), String.valueOf(damaged.getMessage()));
    }
    return nodes;
  }
}
