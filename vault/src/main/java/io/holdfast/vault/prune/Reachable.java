package io.holdfast.vault.prune;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.tree.ContentIds;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.TreeReader;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.DamagedBlobException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * Which blobs trees lead to. A bit for each place of the index, so that millions of blobs take next
 * to nothing; each tree is read once, however many snapshots share it. Not thread-safe.
 */
public final class Reachable {
  private final BlobReader blobs;
  private final BlobIndex index;
  private final Cancellation cancellation;
  private final Missing missing;
  private final IntConsumer found;
  private final BitSet places = new BitSet();

  /** Knows what to do about a blob that is in no index. */
  @FunctionalInterface
  public interface Missing {
    /** Finds it and adds its place to the index, or returns false. */
    boolean find(BlobType type, ContentId id) throws IOException;

    /** Nothing is to be done. */
    Missing NONE = (type, id) -> false;
  }

  /**
   * @param index where blobs are looked up; may be added to
   * @param missing asked for blobs that are not in it
   * @param found told of each blob once, by the number of its first place in the index
   */
  public Reachable(
      BlobReader blobs,
      BlobIndex index,
      Cancellation cancellation,
      Missing missing,
      IntConsumer found) {
    this.blobs = blobs;
    this.index = index;
    this.cancellation = cancellation;
    this.missing = missing;
    this.found = found;
  }

  /**
   * Follows a tree. After a failure what was found is not all of it.
   *
   * @throws DamagedBlobException if a blob is in no index, or a tree cannot be read
   */
  public void add(ContentId tree) throws IOException {
    // A stack of its own: a tree may be deeper than a thread's stack bears.
    var left = new ArrayDeque<ContentId>();
    left.push(tree);
    while (!left.isEmpty()) {
      cancellation.check();
      ContentId next = left.pop();
      int place = require(BlobType.TREE, next);
      if (!places.get(place)) {
        read(next, left);
        mark(place);
      }
    }
  }

  private void read(ContentId tree, ArrayDeque<ContentId> left) throws IOException {
    var reader = new TreeReader(blobs.read(BlobType.TREE, tree), "tree " + tree.brief());
    for (Node node = reader.next(); node != null; node = reader.next()) {
      for (ContentId chunk : node.content().orElse(ContentIds.EMPTY)) {
        int place = require(BlobType.DATA, chunk);
        if (!places.get(place)) {
          mark(place);
        }
      }
      node.subtree().ifPresent(left::push);
    }
  }

  private void mark(int place) {
    places.set(place);
    found.accept(place);
  }

  private int require(BlobType type, ContentId id) throws IOException {
    int place = index.numberOf(type, id);
    if (place < 0 && missing.find(type, id)) {
      place = index.numberOf(type, id);
    }
    if (place < 0) {
      throw new DamagedBlobException(
          id, "is in no index", new IOException("no index names the blob " + id));
    }
    return place;
  }

  /** Whether a blob was found, by the number of its first place. */
  public boolean contains(int place) {
    return places.get(place);
  }
}
