package io.holdfast.engine.artifact;

import io.holdfast.engine.file.FilePath;
import java.io.IOException;

/**
 * Where a component's artifacts go: a repository's writer, as a handler sees it. Used by one thread
 * at a time.
 *
 * <p>Every byte that passes is hashed. What was finished is recorded in the manifest; what was not
 * is no part of the backup.
 */
public interface ArtifactSink {
  /**
   * Stores one file from a stream of bytes.
   *
   * @param name see {@link Artifact#isName}; unique within the component
   */
  Artifact file(String name, Content content) throws IOException;

  /**
   * A place for a file that another program or library writes, such as SQLite: a path that does not
   * exist, in a private directory on the repository's file system. {@link #adopt} stores what was
   * written there.
   */
  FilePath place(String name) throws IOException;

  /**
   * Stores the file that was written to {@link #place}. It stays readable there until the
   * component's transfer ends; nobody may write it.
   */
  Artifact adopt(String name) throws IOException;

  /** Begins a tree. */
  TreeSink tree(String name) throws IOException;

  /**
   * Records how a check of an artifact went, one that was stored or is being stored. A failed check
   * fails the component.
   */
  void checked(String name, CheckResult result);
}
