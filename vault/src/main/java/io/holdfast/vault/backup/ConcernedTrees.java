package io.holdfast.vault.backup;

import io.holdfast.engine.run.Cancellation;
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
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells of trees whether they lead to what is damaged. Each is read once, however many snapshots
 * share it, and no further than to the first thing that is lacking. Not thread-safe.
 */
final class ConcernedTrees {
  private final BlobReader blobs;
  private final BlobIndex index;
  private final Cancellation cancellation;
  private final BitSet damaged = new BitSet();
  private final Map<ContentId, Optional<Lack>> known = new HashMap<>();

  /**
   * The first thing that a tree lacks.
   *
   * @param path below the tree; empty for the tree itself
   * @param why what is wrong with it
   */
  record Lack(String path, String why) {
    private Lack below(String name) {
      return new Lack(path.isEmpty() ? name : name + "/" + path, why);
    }
  }

  /** A tree on the way down, and where in it that is. */
  private static final class Level {
    private final ContentId tree;
    private final List<Node> nodes;
    private int at;

    Level(ContentId tree, List<Node> nodes) {
      this.tree = tree;
      this.nodes = nodes;
    }
  }

  /**
   * @param suspect packs of which something is wrong; which of their blobs are damaged is found out
   *     by reading those
   */
  ConcernedTrees(
      BlobReader blobs, BlobIndex index, Set<ContentId> suspect, Cancellation cancellation)
      throws IOException {
    this.blobs = blobs;
    this.index = index;
    this.cancellation = cancellation;
    for (int place = 0; place < index.size(); place++) {
      if (suspect.contains(index.pack(index.packOf(place)))) {
        cancellation.check();
        try {
          blobs.require(index.at(place));
        } catch (DamagedBlobException lost) {
          damaged.set(place);
        }
      }
    }
  }

  /** What a tree lacks; empty if it is whole as far as is known. */
  Optional<Lack> lack(ContentId root) throws IOException {
    var levels = new ArrayDeque<Level>();
    enter(root, levels);
    while (!levels.isEmpty()) {
      cancellation.check();
      Level level = levels.element();
      if (level.at == level.nodes.size()) {
        known.put(level.tree, Optional.empty());
        levels.pop();
        continue;
      }
      Node node = level.nodes.get(level.at);
      Optional<Lack> lack = chunks(node);
      if (lack.isEmpty() && node.subtree().isPresent()) {
        ContentId subtree = node.subtree().get();
        if (!known.containsKey(subtree)) {
          enter(subtree, levels);
          continue;
        }
        lack = known.get(subtree);
      }
      if (lack.isPresent()) {
        known.put(level.tree, lack.map(found -> found.below(node.name().toString())));
        levels.pop();
      } else {
        level.at++;
      }
    }
    return known.getOrDefault(root, Optional.empty());
  }

  private void enter(ContentId tree, ArrayDeque<Level> levels) throws IOException {
    try {
      byte[] content = blobs.read(BlobType.TREE, tree);
      levels.push(new Level(tree, TreeReader.readAll(content, "tree " + tree.brief())));
    } catch (DamagedBlobException | FormatException lost) {
      known.put(tree, Optional.of(new Lack("", String.valueOf(lost.getMessage()))));
    }
  }

  private Optional<Lack> chunks(Node node) {
    for (ContentId chunk : node.content().orElse(ContentIds.EMPTY)) {
      int place = index.numberOf(BlobType.DATA, chunk);
      if (place < 0) {
        return Optional.of(new Lack("", "chunk " + chunk.brief() + " is in no index"));
      }
      if (damaged.get(place) && isLostEverywhere(place)) {
        return Optional.of(
            new Lack(
                "",
                "chunk "
                    + chunk.brief()
                    + " is lost with pack data/"
                    + index.pack(index.packOf(place))));
      }
    }
    return Optional.empty();
  }

  private boolean isLostEverywhere(int place) {
    for (int twin : index.twins(place)) {
      if (!damaged.get(twin)) {
        return false;
      }
    }
    return true;
  }
}
