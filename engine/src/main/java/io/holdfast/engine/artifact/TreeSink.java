package io.holdfast.engine.artifact;

import java.io.IOException;

/**
 * Receives a tree, entry by entry, in the order in which it will be restored.
 *
 * <p>Called by one thread. The listing of the tree is in the order of the calls. Content may be
 * read after {@link #file} has returned, and by several threads, if it is detached.
 */
public interface TreeSink extends AutoCloseable {
  /** Adds anything but a regular file. */
  void add(TreeEntry entry) throws IOException;

  /**
   * Adds a regular file. If its content cannot be opened because it is gone ({@code NOT_FOUND}),
   * the entry is left out; what to say about that is the matter of the one who made the content.
   * Any other failure fails the tree.
   */
  void file(TreeEntry.RegularFile entry, Content content) throws IOException;

  /**
   * Waits for all that was added, and completes the tree's listing.
   *
   * @return what was stored
   */
  Artifact finish() throws IOException;

  /** Gives up what was not finished. */
  @Override
  void close() throws IOException;
}
