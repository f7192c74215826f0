package io.holdfast.store.sqlite;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where a database really lies, and the names beside it. Symbolic links are followed, as SQLite
 * follows them: {@code -wal} lies beside the file, not beside the link.
 *
 * @param path the file itself, no link; it need not exist
 */
record DatabaseFile(FilePath path) {
  private static final int MAX_LINKS = 40;

  /** The file that a configured path leads to, also where it is missing. */
  static DatabaseFile of(FileLayer files, FilePath configured) throws IOException {
    FilePath path = configured;
    for (int links = 0; links < MAX_LINKS; links++) {
      Optional<FileStat> stat = files.find(path);
      if (stat.isEmpty() || !stat.get().isSymlink()) {
        FilePath parent = path.parent();
        return new DatabaseFile(
            files.find(parent).isPresent() && path.name().length > 0
                ? files.resolveLinks(parent).resolve(path.name())
                : path);
      }
      byte[] target = files.readSymlink(path);
      path = target[0] == '/' ? FilePath.ofBytes(target) : path.parent().resolve(target);
    }
    throw new HoldfastException(
        ErrorCode.SOURCE_INVALID,
        configured + " is a symbolic link that leads nowhere",
        "Correct the link, or the path.");
  }

  /**
   * The file of a database that must be there.
   *
   * @throws HoldfastException {@code SOURCE_MISSING}, {@code SOURCE_UNREADABLE}, {@code
   *     SOURCE_INVALID} for what is no regular file
   */
  static DatabaseFile existing(FileLayer files, FilePath configured) throws IOException {
    try {
      DatabaseFile file = of(files, configured);
      FileStat stat =
          files
              .find(file.path)
              .orElseThrow(() ->
                  new HoldfastException(
                      ErrorCode.SOURCE_MISSING,
                      "there is no database " + configured,
                      "Correct 'path', start the application that creates it, or set 'missing: skip'."));
      if (!stat.isRegular()) {
        throw new HoldfastException(
            ErrorCode.SOURCE_INVALID,
            configured
                + " is no file but a "
                + stat.type().name().toLowerCase(java.util.Locale.ROOT),
            "Set 'path' to the database file itself.");
      }
      return file;
    } catch (FileLayerException e) {
      if (e.reason() == Reason.NOT_PERMITTED) {
        throw new HoldfastException(
            ErrorCode.SOURCE_UNREADABLE,
            "database " + configured + " cannot be reached: " + e.getMessage(),
            "Give this process the right to search the directories above it.",
            e);
      }
      throw e;
    }
  }

  FilePath wal() {
    return path.withSuffix("-wal");
  }

  FilePath shm() {
    return path.withSuffix("-shm");
  }

  FilePath journal() {
    return path.withSuffix("-journal");
  }

  /** What SQLite keeps beside a database. */
  List<FilePath> companions() {
    return List.of(wal(), shm(), journal());
  }

  /** The database and all that SQLite keeps beside it. */
  List<FilePath> all() {
    return List.of(path, wal(), shm(), journal());
  }

  /**
   * How to open the database so that reading it leaves no trace. Whoever closes a database in
   * write-ahead mode last moves its log into it and removes the log; a connection that may only
   * read cannot do that. Where there is a log already, it is not ours to move: it may be what a
   * crash left, as may be a journal. Where there is none, nothing of a log is to be left.
   */
  Database.Access accessToRead(FileLayer files) throws IOException {
    return size(files, wal()) > 0 || size(files, journal()) > 0
        ? Database.Access.READ
        : Database.Access.WRITE;
  }

  /** The size of a file; 0 if there is none. */
  static long size(FileLayer files, FilePath path) throws IOException {
    return files.find(path).map(FileStat::size).orElse(0L);
  }
}
