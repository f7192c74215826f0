package io.holdfast.engine.repository.listing;

import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Holds a tree to its rules while its entries pass by: no path twice, nothing below what is no
 * directory or was not there before, a hard link only to a regular file that was there before.
 *
 * <p>A tree may have millions of entries, and a listing may be forged, so paths are remembered by
 * 61 bits of a digest with a random key: about 16 bytes an entry, and no forger can aim at a
 * collision. Among a million honest paths the chance of one is below 10⁻⁶, and it refuses, never
 * admits unseen. Not thread-safe.
 */
public final class TreeShape {
  private static final int KIND_BITS = 3;
  private static final int DIRECTORY = 1;
  private static final int REGULAR = 2;
  private static final int OTHER = 3;

  private final byte[] key = new byte[16];
  private final MessageDigest digest;
  private long[] slots = new long[1 << 10];
  private int used;

  public TreeShape() {
    new SecureRandom().nextBytes(key);
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
    add(TreePath.ROOT, DIRECTORY);
  }

  /** How many entries were admitted, without the root of the tree. */
  public int count() {
    return used - 1;
  }

  /**
   * Admits the next entry.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  public void admit(TreeEntry entry) {
    TreePath path = entry.path();
    if (path.isRoot()) {
      if (!(entry instanceof TreeEntry.Directory) || used > 1) {
        throw new IllegalArgumentException(
            "the root of a tree is a directory, and stands first and once");
      }
      rootSeen();
      return;
    }
    if (kind(path.parent()) != DIRECTORY) {
      throw new IllegalArgumentException(path + " lies in no directory that stands before it");
    }
    if (entry instanceof TreeEntry.HardLink link && kind(link.original()) != REGULAR) {
      throw new IllegalArgumentException(
          path + " is a hard link to " + link.original() + ", which is no file before it");
    }
    int kind =
        switch (entry) {
          case TreeEntry.Directory _ -> DIRECTORY;
          case TreeEntry.RegularFile _ -> REGULAR;
          case TreeEntry.HardLink _, TreeEntry.Symlink _, TreeEntry.Special _ -> OTHER;
        };
    if (!add(path, kind)) {
      throw new IllegalArgumentException(path + " stands twice");
    }
  }

  /** Whether a path was admitted, of whatever kind. */
  public boolean contains(TreePath path) {
    return kind(path) != 0;
  }

  /** Whether a directory of that path was admitted. */
  public boolean isDirectory(TreePath path) {
    return kind(path) == DIRECTORY;
  }

  private boolean rootSeen;

  private void rootSeen() {
    if (rootSeen) {
      throw new IllegalArgumentException("the root of a tree stands twice");
    }
    rootSeen = true;
  }

  private int kind(TreePath path) {
    long hash = hash(path);
    for (int at = slot(hash); slots[at] != 0; at = next(at)) {
      if (slots[at] >>> KIND_BITS == hash >>> KIND_BITS) {
        return (int) (slots[at] & ((1 << KIND_BITS) - 1));
      }
    }
    return 0;
  }

  private boolean add(TreePath path, int kind) {
    long hash = hash(path);
    int at = slot(hash);
    while (slots[at] != 0) {
      if (slots[at] >>> KIND_BITS == hash >>> KIND_BITS) {
        return false;
      }
      at = next(at);
    }
    slots[at] = (hash & -(1L << KIND_BITS)) | kind;
    if (++used > slots.length / 4 * 3) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    for (long value : old) {
      if (value != 0) {
        int at = slot(value);
        while (slots[at] != 0) {
          at = next(at);
        }
        slots[at] = value;
      }
    }
  }

  private long hash(TreePath path) {
    digest.update(key);
    return ByteBuffer.wrap(digest.digest(path.toBytes())).getLong();
  }

  private int slot(long hash) {
    return (int) (hash >>> KIND_BITS) & (slots.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }
}
