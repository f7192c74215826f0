package io.holdfast.engine.artifact;

import io.holdfast.engine.file.FileType;
import java.util.Arrays;
import java.util.Objects;

/**
 * One name in a tree. A directory comes before everything in it; a hard link comes after the file
 * that it names again.
 */
public sealed interface TreeEntry {
  TreePath path();

  Metadata metadata();

  record Directory(TreePath path, Metadata metadata) implements TreeEntry {}

  /**
   * A regular file.
   *
   * @param size bytes; on capture what is expected, in a listing what was stored
   * @param sparse whether it has holes that a restore should make again
   */
  record RegularFile(TreePath path, Metadata metadata, long size, boolean sparse)
      implements TreeEntry {
    public RegularFile {
      if (size < 0) {
        throw new IllegalArgumentException("negative size of " + path);
      }
    }
  }

  /** A symbolic link; the target is kept byte for byte and never followed. */
  record Symlink(TreePath path, Metadata metadata, byte[] target) implements TreeEntry {
    @Override
    public boolean equals(Object other) {
      return other instanceof Symlink link
          && path.equals(link.path)
          && metadata.equals(link.metadata)
          && Arrays.equals(target, link.target);
    }

    @Override
    public int hashCode() {
      return Objects.hash(path, Arrays.hashCode(target));
    }
  }

  /** One more name of a regular file of the same tree. */
  record HardLink(TreePath path, Metadata metadata, TreePath original) implements TreeEntry {}

  /**
   * A FIFO, socket or device node.
   *
   * @param deviceNumber in the kernel's encoding; 0 for a FIFO or socket
   */
  record Special(TreePath path, Metadata metadata, FileType type, long deviceNumber)
      implements TreeEntry {}
}
