package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.listing.ListingReader;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.Timestamp;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.pack.ContentWriter.Stored;
import io.holdfast.vault.pack.StoredBlobs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tree as an earlier backup has it, walked beside the live one, so that files that have not
 * changed since need not be read. A file has not changed if inode, size, time of modification and
 * time of change (which no program can set) are the same, and the last was long enough before the
 * earlier backup began: the kernel's clock moves in steps, and a file that changes twice within one
 * keeps its times.
 *
 * <p>The chunks of such a file have to be in the vault still. The listing has the digest of a file
 * and where its holes are, the nodes have what tells whether it changed, and which chunks it has.
 *
 * <p>An earlier tree that cannot be read, wholly or from somewhere on, is of no use, and no harm
 * either: then files are read as if there were none. Not thread-safe.
 */
final class EarlierTree implements AutoCloseable {
  /** Between the change of a file and the backup that is trusted to have seen it. */
  private static final long SETTLED_SECONDS = 2;

  private final StoredBlobs known;
  private final ListingReader listing;
  private final TreeWalk walk;
  private final long settled;
  private @Nullable ListedEntry at;
  private boolean usable = true;

  /**
   * @param known which chunks are there
   * @param listing of the earlier tree, at its beginning; closed with this
   * @param root of the earlier tree
   * @param begun when the earlier backup began, in seconds since 1970
   */
  EarlierTree(StoredBlobs known, ListingReader listing, StoredTree root, long begun) {
    this.known = known;
    this.listing = listing;
    this.walk = new TreeWalk(root);
    this.settled = begun - SETTLED_SECONDS;
  }

  /**
   * What the earlier backup stored of a file, if it is the same still. Files are asked for in the
   * order of a capture: depth first, and by the bytes of their names.
   *
   * @param stat of the file as it is
   */
  Optional<Stored> unchanged(TreePath path, FileStat stat) throws IOException {
    if (!usable || stat.changed().seconds() >= settled) {
      return Optional.empty();
    }
    try {
      return advanceTo(path)
          ? same(at, stat, path).filter(stored -> known.containsAll(BlobType.DATA, stored.chunks()))
          : Optional.empty();
    } catch (InterruptedIOException interrupted) {
      throw interrupted;
    } catch (IOException | HoldfastException damaged) {
      usable = false;
      return Optional.empty();
    }
  }

  /** Whether the listing has this path. */
  private boolean advanceTo(TreePath path) throws IOException {
    if (at == null) {
      at = listing.next();
    }
    while (at != null) {
      int order = order(at.path(), path);
      if (order >= 0) {
        return order == 0;
      }
      at = listing.next();
    }
    usable = false;
    return false;
  }

  private Optional<Stored> same(@Nullable ListedEntry listed, FileStat stat, TreePath path)
      throws IOException {
    if (listed == null
        || !(listed.entry() instanceof TreeEntry.RegularFile file)
        || file.size() != stat.size()
        || !file.metadata().modified().equals(stat.modified())) {
      return Optional.empty();
    }
    Node node = walk.node(path);
    if (node.inode().number() != stat.inode()
        || node.inode().number() == 0
        || node.size() != stat.size()
        || !is(node.times().modified(), stat.modified())
        || !is(node.times().changed(), stat.changed())) {
      return Optional.empty();
    }
    return node.content()
        .map(chunks -> new Stored(file.size(), listed.sha256(), chunks, listed.extents()));
  }

  private static boolean is(Timestamp stored, FileTime live) {
    return stored.seconds() == live.seconds() && stored.nanos() == live.nanos();
  }

  /** A directory, all that is in it, then its next sibling: as if the slash were the least byte. */
  private static int order(TreePath one, TreePath other) {
    byte[] a = one.toBytes();
    byte[] b = other.toBytes();
    int differ = Arrays.mismatch(a, b);
    if (differ < 0) {
      return 0;
    }
    if (differ == a.length || differ == b.length) {
      return a.length - b.length;
    }
    return weight(a[differ]) - weight(b[differ]);
  }

  private static int weight(byte b) {
    return b == '/' ? 0 : b & 0xff;
  }

  @Override
  public void close() throws IOException {
    usable = false;
    listing.close();
  }
}
