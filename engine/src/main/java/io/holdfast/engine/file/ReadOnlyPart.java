package io.holdfast.engine.file;

import java.io.IOException;
import java.util.Set;

/**
 * A file system of which one part is read-only, as if it were mounted so: what lies there is read
 * and not touched, whoever owns it. Locks are taken all the same, on files that are there or in
 * directories that are: they keep others from removing what is being read, and end with this
 * process. So a name can be removed too, which is how such a lock is given back.
 *
 * <p>The part is told by how paths begin, and not by where links lead. As thread-safe as what it
 * stands before.
 */
public final class ReadOnlyPart extends ForwardingFileLayer {
  /** What changes nothing, and what locks need. Whatever is not named here is refused. */
  private static final Set<String> ALLOWED =
      Set.of(
          "find",
          "follow",
          "resolveLinks",
          "list",
          "open",
          "readSymlink",
          "attributes",
          "sync",
          "syncFileSystem",
          "space",
          "tryLock",
          "delete");

  private final FilePath part;

  /**
   * @param part a directory, which need not be there; it and all below it is read-only
   */
  public ReadOnlyPart(FileLayer delegate, FilePath part) {
    super(delegate);
    this.part = part;
  }

  @Override
  protected void before(String operation, FilePath path) throws IOException {
    if (!ALLOWED.contains(operation) && path.startsWith(part)) {
      throw new FileLayerException(
          operation, path, FileLayerException.Reason.READ_ONLY, "it is only looked at");
    }
  }

  @Override
  public void rename(FilePath from, FilePath to) throws IOException {
    before("rename", from);
    super.rename(from, to);
  }

  @Override
  public void renameNew(FilePath from, FilePath to) throws IOException {
    before("renameNew", from);
    super.renameNew(from, to);
  }
}
