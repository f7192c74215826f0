package io.holdfast.store.files;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.FileStat;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first names of files that have several; each is forgotten once all its names were seen. */
final class HardLinks {
  private record Inode(long device, long number) {}

  private static final class First {
    final TreePath path;
    long left;

    First(TreePath path, long left) {
      this.path = path;
      this.left = left;
    }
  }

  private final Map<Inode, First> firsts = new HashMap<>();

  /** The first name of this file in the tree, or null if this is the first. */
  @Nullable TreePath seen(FileStat stat) {
    if (stat.links() < 2) {
      return null;
    }
    var inode = new Inode(stat.device(), stat.inode());
    First first = firsts.get(inode);
    if (first == null) {
      return null;
    }
    if (--first.left == 0) {
      firsts.remove(inode);
    }
    return first.path;
  }

  /** Remembers the first name of a file with several. */
  void add(FileStat stat, TreePath path) {
    firsts.put(new Inode(stat.device(), stat.inode()), new First(path, stat.links() - 1));
  }
}
