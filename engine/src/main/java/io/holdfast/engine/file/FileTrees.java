package io.holdfast.engine.file;

import io.holdfast.engine.file.FileLayerException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What every user of a {@link FileLayer} composes of its operations. Touches nothing else; safe for
 * any number of threads, as far as they work on different paths.
 */
public final class FileTrees {
  private static final int OWNER_ALL = 0700;
  private static final String TEMPORARY = ".holdfast-new";
  private static final int READ_STEP = 64 << 10;

  private FileTrees() {}

  /**
   * Removes whatever is under a name, with all that lies below it. Directories that cannot be read
   * or written are made so first. Symbolic links are removed and never followed. What vanishes
   * meanwhile, or was never there, is fine, so that a removal that was interrupted is simply
   * repeated.
   *
   * <p>Goes down by open directories, so that nobody can turn it aside by putting a link in place
   * of a directory. What is mounted below is not entered: it may be all that somebody has.
   *
   * @throws FileLayerException {@code CROSS_DEVICE} if another file system is mounted below; what
   *     was removed before that was found is gone
   */
  public static void deleteTree(FileLayer files, FilePath path) throws IOException {
    var stat = files.find(path);
    if (stat.isPresent()) {
      delete(files, path, stat.get(), path);
    }
  }

  /**
   * @param shown the path for messages
   */
  private static void delete(FileLayer files, FilePath path, FileStat stat, FilePath shown)
      throws IOException {
    try {
      if (stat.isDirectory()) {
        deleteChildren(files, path, stat, shown);
        files.deleteDirectory(path);
      } else {
        files.delete(path);
      }
    } catch (FileLayerException failure) {
      if (failure.reason() != Reason.NOT_FOUND) {
        throw failure.path().equals(path) && !path.equals(shown)
            ? new FileLayerException(failure.operation(), shown, failure.reason(), "")
            : failure;
      }
    }
  }

  private static void deleteChildren(FileLayer files, FilePath path, FileStat stat, FilePath shown)
      throws IOException {
    if ((stat.mode() & OWNER_ALL) != OWNER_ALL) {
      try {
        files.setMode(path, stat.mode() | OWNER_ALL);
      } catch (FileLayerException failure) {
        // Not the owner. Another permission may do; if none does, the deletion says so.
        tolerate(failure, Reason.NOT_PERMITTED);
      }
    }
    try (var directory = files.openDirectory(path)) {
      if (!directory.stat().isSameFile(stat)) {
        throw new FileLayerException(
            "delete", shown, Reason.BUSY, "it was replaced while it was being removed");
      }
      for (byte[] name : directory.list()) {
        FilePath child = directory.resolve(name);
        var found = files.find(child);
        if (found.isPresent()) {
          FilePath shownChild = shown.resolve(name);
          if (found.get().isDirectory() && found.get().device() != stat.device()) {
            throw new FileLayerException(
                "delete",
                shownChild,
                Reason.CROSS_DEVICE,
                "unmount it to have its mount point removed");
          }
          delete(files, child, found.get(), shownChild);
        }
      }
    }
  }

  /**
   * Makes a directory and those above it that are missing, each with the same exact mode. What is
   * there already, also by way of symbolic links, stays as it is. Not durable before each new
   * directory's parent is synced.
   *
   * @param mode 0 to 07777; must let the owner search and write if there is more than one to make
   * @throws FileLayerException {@code NOT_A_DIRECTORY} if the path, or one above it, is something
   *     else
   */
  public static void createDirectories(FileLayer files, FilePath path, int mode)
      throws IOException {
    if (isDirectory(files, path)) {
      return;
    }
    var parent = path.parent();
    if (!parent.equals(path)) {
      createDirectories(files, parent, mode);
    }
    try {
      files.createDirectory(path, mode);
    } catch (FileLayerException failure) {
      tolerate(failure, Reason.ALREADY_EXISTS);
      if (!isDirectory(files, path)) {
        throw new FileLayerException("create directory", path, Reason.NOT_A_DIRECTORY, "");
      }
    }
  }

  private static boolean isDirectory(FileLayer files, FilePath path) throws IOException {
    var stat = files.find(path);
    if (stat.isEmpty()) {
      return false;
    }
    if (stat.get().isSymlink()) {
      try {
        return files.follow(path).isDirectory();
      } catch (FileLayerException dangling) {
        tolerate(dangling, Reason.NOT_FOUND);
        return false;
      }
    }
    return stat.get().isDirectory();
  }

  /**
   * The whole content of a regular file.
   *
   * @param limitBytes the most that the caller is ready to hold, 0 to 2,147,483,639
   * @throws FileLayerException {@code TOO_LARGE} if there is more
   */
  public static byte[] readAll(FileLayer files, FilePath path, int limitBytes) throws IOException {
    try (var file = files.open(path)) {
      long size = file.stat().size();
      if (size > limitBytes) {
        throw tooLarge(path, limitBytes);
      }
      // Files of /proc claim to be empty, and a file may grow: the size is a guess, the end counts.
      var content = ByteBuffer.allocate((int) Math.min(limitBytes + 1L, Math.max(size + 1, 512)));
      while (file.read(content, content.position()) > 0) {
        if (content.position() > limitBytes) {
          throw tooLarge(path, limitBytes);
        }
        if (!content.hasRemaining()) {
          content = grow(content, limitBytes);
        }
      }
      content.flip();
      var bytes = new byte[content.remaining()];
      content.get(bytes);
      return bytes;
    }
  }

  private static ByteBuffer grow(ByteBuffer full, int limitBytes) {
    long wanted = Math.max(full.capacity() * 2L, READ_STEP);
    return ByteBuffer.allocate((int) Math.min(limitBytes + 1L, wanted)).put(full.flip());
  }

  private static FileLayerException tooLarge(FilePath path, int limitBytes) {
    return new FileLayerException(
        "read", path, Reason.TOO_LARGE, "more than " + limitBytes + " bytes");
  }

  /**
   * Creates a regular file that must not exist, with this content, and syncs it. If that fails, the
   * file is removed again as far as possible. Its name is not durable before its directory is
   * synced.
   *
   * @param mode 0 to 07777, exact
   */
  public static void writeNew(FileLayer files, FilePath path, byte[] content, int mode)
      throws IOException {
    var file = files.create(path, mode);
    try {
      try (file) {
        file.write(ByteBuffer.wrap(content), 0);
        file.sync();
      }
    } catch (IOException | RuntimeException failure) {
      removeAfter(failure, files, path);
      throw failure;
    }
  }

  /**
   * Gives a regular file this content, whether it exists or not: whoever opens it, also after a
   * crash, finds the whole of the old or the whole of the new. Durable when this returns. The new
   * file has this mode, and owner and group of the process.
   *
   * <p>One caller at a time for one path: the new content is written beside it under a fixed name,
   * so that what a crash leaves behind is replaced by the next call instead of piling up.
   *
   * @param mode 0 to 07777, exact
   */
  public static void replaceAtomically(FileLayer files, FilePath path, byte[] content, int mode)
      throws IOException {
    var temporary = path.withSuffix(TEMPORARY);
    try {
      files.delete(temporary);
    } catch (FileLayerException failure) {
      tolerate(failure, Reason.NOT_FOUND);
    }
    writeNew(files, temporary, content, mode);
    try {
      files.rename(temporary, path);
    } catch (IOException | RuntimeException failure) {
      removeAfter(failure, files, temporary);
      throw failure;
    }
    files.sync(path.parent());
  }

  private static void removeAfter(Exception failure, FileLayer files, FilePath path) {
    try {
      files.delete(path);
    } catch (IOException | RuntimeException alsoFailed) {
      if (!(alsoFailed instanceof FileLayerException layer && layer.reason() == Reason.NOT_FOUND)) {
        failure.addSuppressed(alsoFailed);
      }
    }
  }

  private static void tolerate(FileLayerException failure, Reason reason)
      throws FileLayerException {
    if (failure.reason() != reason) {
      throw failure;
    }
  }
}
