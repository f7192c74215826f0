package io.holdfast.engine.file;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that Holdfast asks of a file system, and the only way it touches one; so that tests can let
 * every single operation fail.
 *
 * <p>Contract, for every operation:
 *
 * <ul>
 *   <li>Failure is a {@link FileLayerException} that names the operation, the path and the reason.
 *   <li>Symbolic links are never followed in the last component of a path; every operation that
 *       takes a path means the link itself.
 *   <li>An operation that fails has changed nothing, except {@link WritableFile#write}, which may
 *       have written a part, and {@link #tryLock}, which may have created the file.
 *   <li>Nothing is durable before {@link #sync} of what was written and of the directory that holds
 *       its name, or {@link #syncFileSystem}.
 *   <li>All operations may be called by any number of threads at once.
 *   <li>An argument that no file system could take (a mode beyond 07777, an owner out of range, NUL
 *       in a link's target) is an {@link IllegalArgumentException}.
 * </ul>
 *
 * <p>Minimal on purpose: what can be composed of these belongs to its user. Decorators (faults,
 * counting) implement the same interface and pass the same contract suite.
 */
public interface FileLayer {
  /**
   * The inode under a name, or empty when there is none (no such name, or a parent that is no
   * directory).
   */
  Optional<FileStat> find(FilePath path) throws IOException;

  /** Like {@link #find}, following symbolic links, and failing when nothing is there. */
  FileStat follow(FilePath path) throws IOException;

  /**
   * The path with every symbolic link in it resolved, and without {@code .} and {@code ..}.
   *
   * <p>The path must exist.
   */
  FilePath resolveLinks(FilePath path) throws IOException;

  /**
   * The names in a directory, without {@code .} and {@code ..}, in ascending order of their
   * unsigned bytes. Names that come or go while the directory is read may or may not be there.
   *
   * <p>A symbolic link is refused as {@code NOT_A_DIRECTORY}, even one that leads to a directory.
   *
   * @return an immutable list with fast random access, which may hold a million names in little
   *     more than their bytes; each {@code get} makes a new array
   */
  List<byte[]> list(FilePath directory) throws IOException;

  /**
   * Opens a directory, to be gone down safely. A symbolic link is refused as {@code
   * NOT_A_DIRECTORY}.
   */
  OpenDirectory openDirectory(FilePath directory) throws IOException;

  /**
   * Opens a regular file for reading. Anything else is refused, and never waited for: a symbolic
   * link as {@code SYMLINK}, a directory as {@code IS_A_DIRECTORY}, a FIFO, socket or device as
   * {@code NOT_REGULAR}. A file that another process holds a lease on is {@code BUSY}.
   */
  ReadableFile open(FilePath path) throws IOException;

  /**
   * Creates a regular file that must not exist, and opens it for writing. The mode is exact: no
   * umask is applied.
   */
  WritableFile create(FilePath path, int mode) throws IOException;

  /** Creates a directory that must not exist, in an existing one. The mode is exact. */
  void createDirectory(FilePath path, int mode) throws IOException;

  /**
   * Creates a symbolic link, whose name must not exist.
   *
   * @param target 1 to 4095 bytes without NUL; need not exist
   */
  void createSymlink(FilePath path, byte[] target) throws IOException;

  /** Gives an existing file, or symbolic link, one more name, which must not exist. */
  void createHardLink(FilePath path, FilePath existing) throws IOException;

  /**
   * Creates a FIFO, socket or device node, whose name must not exist; devices need privileges. The
   * mode is exact.
   *
   * @param deviceNumber as in {@link FileStat#deviceNumber}; 0 for a FIFO or socket
   */
  void createSpecial(FilePath path, FileType type, int mode, long deviceNumber) throws IOException;

  /**
   * The target of a symbolic link, as it is written in it. What is no link is refused as {@code
   * OTHER}.
   */
  byte[] readSymlink(FilePath path) throws IOException;

  /**
   * All extended attributes that this process may read, in ascending order of name; empty where the
   * file system knows none.
   */
  Map<AttributeName, byte[]> attributes(FilePath path) throws IOException;

  /** Sets an extended attribute, new or not, of the link itself if it is one. */
  void setAttribute(FilePath path, byte[] name, byte[] value) throws IOException;

  /**
   * Sets the permission bits, 0 to 07777. A symbolic link has none and is refused as {@code
   * SYMLINK}.
   */
  void setMode(FilePath path, int mode) throws IOException;

  /**
   * Sets owner and group, of the link itself if it is one. The kernel may clear the setuid and
   * setgid bits of a file, and its capabilities, so set owners first and modes after.
   *
   * @param uid 0 to 4,294,967,294
   * @param gid 0 to 4,294,967,294
   */
  void setOwner(FilePath path, long uid, long gid) throws IOException;

  /**
   * Time of last modification, of the link itself if it is one; the time of last access becomes the
   * same. A file system that cannot hold so fine or so distant a time stores the nearest that it
   * can.
   */
  void setModified(FilePath path, FileTime time) throws IOException;

  /**
   * Atomically gives a file or directory another name on the same file system. What is there is
   * replaced: a file by a file, an empty directory by a directory.
   *
   * <p>Where both names are hard links to one file, nothing happens and both stay.
   */
  void rename(FilePath from, FilePath to) throws IOException;

  /**
   * Renames, failing with {@code ALREADY_EXISTS} if the new name is taken, whoever takes it and
   * when.
   *
   * <p>Atomic where the file system knows how to. Elsewhere (NFS, some FUSE) a crash in the middle
   * leaves a file under both names, or an empty directory under the new one; it never replaces or
   * loses anything.
   */
  void renameNew(FilePath from, FilePath to) throws IOException;

  /** Removes a name of anything but a directory. */
  void delete(FilePath path) throws IOException;

  /** Removes an empty directory. */
  void deleteDirectory(FilePath path) throws IOException;

  /**
   * Content and metadata of a regular file, or the names in a directory, are on stable storage when
   * this returns. A symbolic link is refused as {@code SYMLINK}, and what else has no content as
   * {@code NOT_REGULAR}: syncing the directory that holds their names does what can be done.
   */
  void sync(FilePath path) throws IOException;

  /**
   * All that was written to the file system that holds the path is on stable storage when this
   * returns.
   */
  void syncFileSystem(FilePath path) throws IOException;

  /** How much room there is where an existing path lies. */
  Space space(FilePath path) throws IOException;

  /**
   * Tries to lock a regular file for this open handle alone, creating it with mode 0600 if needed.
   * Held against other processes and against other calls in this process; released by {@link
   * HeldLock#close} and by the kernel when the process dies, however it dies. The lock is on the
   * file that bears the name at the moment of return: a file that was deleted or replaced in
   * between is not taken for it.
   *
   * @return empty when somebody else holds it
   */
  Optional<HeldLock> tryLock(FilePath path) throws IOException;

  /**
   * Room on a file system.
   *
   * @param total bytes in all
   * @param usable bytes that this process may still use
   */
  record Space(long total, long usable) {}

  /** A lock that is held until closed. */
  interface HeldLock extends AutoCloseable {
    /** Gives the lock back; the file stays. Closing again does nothing. */
    @Override
    void close() throws IOException;
  }
}
