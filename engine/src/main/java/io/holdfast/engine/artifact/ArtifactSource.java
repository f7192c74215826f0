package io.holdfast.engine.artifact;

import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A component's artifacts in a backup, as a handler reads them.
 *
 * <p>Everything read through this is verified on the way: bytes that do not match what the manifest
 * says end in a {@link io.holdfast.engine.error.HoldfastException} with {@code ARTIFACT_CORRUPT},
 * at the latest when the last byte is asked for, so that nothing damaged is ever restored silently.
 */
public interface ArtifactSource {
  /** What the manifest lists for the component. */
  List<Artifact> artifacts();

  /**
   * The bytes of a file artifact, to be read at once and on this thread.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code ARTIFACT_CORRUPT} if there is none of
   *     that name
   */
  Content file(String name) throws IOException;

  /**
   * Where a file artifact lies as a plain file that can be opened in place, read only; empty where
   * the repository packs or encrypts. Such a file is read unverified: check it by its digest first.
   */
  Optional<FilePath> plainFile(String name) throws IOException;

  /** Hands every entry of a tree to a visitor, in the order of its listing. */
  void tree(String name, TreeVisitor visitor) throws IOException;

  /**
   * Hands every entry of a tree to a visitor as {@link #tree} does, without any content, and
   * without reading it where the repository can do so.
   */
  default void entries(String name, EntryVisitor visitor) throws IOException {
    tree(
        name,
        new TreeVisitor() {
          @Override
          public void entry(TreeEntry entry) throws IOException {
            visitor.entry(entry);
          }

          @Override
          public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
            visitor.entry(entry);
          }
        });
  }

  /** Receives the entries of a tree, files too. Called by one thread. */
  @FunctionalInterface
  interface EntryVisitor {
    void entry(TreeEntry entry) throws IOException;
  }

  /** Receives the entries of a tree. Called by one thread. */
  interface TreeVisitor {
    /** Anything but a regular file. */
    void entry(TreeEntry entry) throws IOException;

    /**
     * A regular file. Content that is not detached has to be read before this returns, or is passed
     * over.
     */
    void file(TreeEntry.RegularFile entry, Content content) throws IOException;
  }
}
