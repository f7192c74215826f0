package io.holdfast.testkit.repository;

import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Hands a tree on disk to a sink, as a handler would. */
public final class LiveTree {
  private final FileLayer files;
  private final FilePath root;
  private final TreeSink sink;
  private final Map<Long, TreePath> linked = new HashMap<>();

  private LiveTree(FileLayer files, FilePath root, TreeSink sink) {
    this.files = files;
    this.root = root;
    this.sink = sink;
  }

  /** Adds the root and all below it; does not finish the tree. */
  public static void capture(FileLayer files, FilePath root, TreeSink sink) throws IOException {
    new LiveTree(files, root, sink).add(TreePath.ROOT);
  }

  private void add(TreePath path) throws IOException {
    FilePath place = path.under(root);
    FileStat stat = files.find(place).orElseThrow();
    var metadata = Metadata.of(stat, files.attributes(place));
    switch (stat.type()) {
      case DIRECTORY -> {
        sink.add(new TreeEntry.Directory(path, metadata));
        for (byte[] name : files.list(place)) {
          add(path.resolve(name));
        }
      }
      case REGULAR -> {
        TreePath original = stat.links() > 1 ? linked.putIfAbsent(stat.inode(), path) : null;
        if (original != null) {
          sink.add(new TreeEntry.HardLink(path, metadata, original));
        } else {
          sink.file(
              new TreeEntry.RegularFile(
                  path, metadata, stat.size(), stat.allocated() < stat.size()),
              new FileContent(files, place));
        }
      }
      case SYMLINK -> sink.add(new TreeEntry.Symlink(path, metadata, files.readSymlink(place)));
      case FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE ->
          sink.add(new TreeEntry.Special(path, metadata, stat.type(), stat.deviceNumber()));
    }
  }
}
