package io.holdfast.vault.format.restic;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.testkit.repository.LiveTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The entries of a tree on disk, and the content of its files. */
final class LiveEntries implements TreeSink {
  private final List<TreeEntry> entries = new ArrayList<>();
  private final Map<TreePath, Content> contents = new HashMap<>();

  private LiveEntries() {}

  static LiveEntries of(FileLayer files, FilePath root) throws IOException {
    var sink = new LiveEntries();
    LiveTree.capture(files, root, sink);
    return sink;
  }

  /** All entries, the root first, each directory before what is in it. */
  List<TreeEntry> entries() {
    return entries;
  }

  Content content(TreeEntry.RegularFile file) {
    return Objects.requireNonNull(contents.get(file.path()));
  }

  @Override
  public void add(TreeEntry entry) {
    entries.add(entry);
  }

  @Override
  public void file(TreeEntry.RegularFile entry, Content content) {
    entries.add(entry);
    contents.put(entry.path(), content);
  }

  @Override
  public Artifact finish() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
