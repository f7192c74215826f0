package io.holdfast.testkit.repository;

import io.holdfast.engine.artifact.ArtifactSource.TreeVisitor;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes a tree on disk out of a backup, exactly, as a handler's restore would. */
public final class TreeRebuilder implements TreeVisitor {
  private final FileLayer files;
  private final FilePath root;
  private final List<TreeEntry> directories = new ArrayList<>();

  /**
   * @param root where to; must not exist
   */
  public TreeRebuilder(FileLayer files, FilePath root) throws IOException {
    this.files = files;
    this.root = root;
    files.createDirectory(root, 0700);
  }

  @Override
  public void entry(TreeEntry entry) throws IOException {
    FilePath path = entry.path().under(root);
    switch (entry) {
      case TreeEntry.Directory _ -> {
        if (!entry.path().isRoot()) {
          files.createDirectory(path, 0700);
        }
        directories.add(entry);
      }
      case TreeEntry.Symlink link -> {
        files.createSymlink(path, link.target());
        metadata(path, entry.metadata(), false);
      }
      case TreeEntry.HardLink link -> files.createHardLink(path, link.original().under(root));
      case TreeEntry.Special special -> {
        files.createSpecial(path, special.type(), 0600, special.deviceNumber());
        metadata(path, entry.metadata(), true);
      }
      case TreeEntry.RegularFile _ -> throw new AssertionError("a file without content");
    }
  }

  @Override
  public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
    FilePath path = entry.path().under(root);
    try (Content.Reader reader = content.open();
        WritableFile file = files.create(path, 0600)) {
      copy(reader, file);
    }
    metadata(path, entry.metadata(), true);
  }

  /** Gives directories their metadata; everything is in place. */
  public void finish() throws IOException {
    for (TreeEntry directory : directories.reversed()) {
      metadata(directory.path().under(root), directory.metadata(), true);
    }
  }

  /** Reads all of a content by its extents. */
  public static void copy(Content.Reader reader, WritableFile file) throws IOException {
    var buffer = ByteBuffer.allocateDirect(8192);
    long at = 0;
    for (Extent extent : reader.extents()) {
      if (extent.offset() > at) {
        reader.skipHole(extent.offset() - at);
      }
      for (at = extent.offset(); at < extent.end(); ) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), extent.end() - at));
        int count = reader.read(buffer);
        if (count < 1) {
          throw new AssertionError("ended after " + at + " of " + reader.size());
        }
        file.write(buffer.flip(), at);
        at += count;
      }
    }
    if (at < reader.size()) {
      reader.skipHole(reader.size() - at);
    }
    if (reader.read(buffer.clear()) != -1) {
      throw new AssertionError("more than its size");
    }
    file.setLength(reader.size());
  }

  private void metadata(FilePath path, Metadata metadata, boolean hasMode) throws IOException {
    try {
      files.setOwner(path, metadata.uid(), metadata.gid());
    } catch (FileLayerException refused) {
      if (refused.reason() != FileLayerException.Reason.NOT_PERMITTED) {
        throw refused;
      }
    }
    if (hasMode) {
      files.setMode(path, metadata.mode());
    }
    for (var attribute : metadata.attributes().entrySet()) {
      files.setAttribute(path, attribute.getKey().toBytes(), attribute.getValue());
    }
    files.setModified(path, metadata.modified());
  }
}
