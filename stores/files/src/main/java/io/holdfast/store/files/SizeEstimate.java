package io.holdfast.store.files;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.store.files.Selection.Verdict;
import java.io.IOException;
import java.util.OptionalLong;

/** How many bytes a capture will move, if that can be found out in well under a second. */
final class SizeEstimate {
  /** Looking at so many inodes takes a fraction of the time that reading them will. */
  private static final int MOST_ENTRIES = 100_000;

  private final FileLayer files;
  private final FilePath root;
  private final DirectoryOptions options;
  private int entries;
  private long bytes;

  private SizeEstimate(FileLayer files, FilePath root, DirectoryOptions options) {
    this.files = files;
    this.root = root;
    this.options = options;
  }

  /**
   * The sum of the sizes of what is protected; empty for large trees, and where one may not look.
   */
  static OptionalLong of(FileLayer files, FilePath root, DirectoryOptions options) {
    var estimate = new SizeEstimate(files, root, options);
    try {
      FileStat stat = files.follow(root);
      boolean whole = estimate.add(TreePath.ROOT, stat.device(), options.selection().root());
      return whole ? OptionalLong.of(estimate.bytes) : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private boolean add(TreePath directory, long device, Verdict parent) throws IOException {
    for (byte[] name : files.list(directory.under(root))) {
      TreePath path = directory.resolve(name);
      FileStat stat = files.find(path.under(root)).orElse(null);
      if (stat == null) {
        continue;
      }
      if (++entries > MOST_ENTRIES) {
        return false;
      }
      Verdict verdict = options.selection().judge(path, stat.isDirectory(), parent);
      if (verdict == Verdict.LEFT) {
        continue;
      }
      if (stat.isRegular()) {
        bytes += stat.size();
      } else if (stat.isDirectory() && !(options.oneFileSystem() && stat.device() != device)) {
        if (!add(path, device, verdict)) {
          return false;
        }
      }
    }
    return true;
  }
}
