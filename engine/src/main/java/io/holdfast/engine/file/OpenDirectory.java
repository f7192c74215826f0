package io.holdfast.engine.file;

import java.io.IOException;
import java.util.List;

/**
 * A directory that is held open: names in it are reached through it, wherever its own name leads by
 * now. Who works with more rights than the owner of a tree has must go down it like this, since the
 * owner may put a symbolic link in place of a directory at any moment. Not thread-safe.
 */
public interface OpenDirectory extends AutoCloseable {
  /** What the directory is now. */
  FileStat stat() throws IOException;

  /** As {@link FileLayer#list}. */
  List<byte[]> list() throws IOException;

  /**
   * A path to a name in this very directory. It is good for every operation that does not follow
   * symbolic links in the last component, while the directory is open, and means nothing to people.
   */
  FilePath resolve(byte[] name);

  @Override
  void close() throws IOException;
}
