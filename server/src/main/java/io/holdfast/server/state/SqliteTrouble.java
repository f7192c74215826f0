package io.holdfast.server.state;

import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's failures mean to whoever runs the server. */
final class SqliteTrouble {
  private static final int PRIMARY = 0xff;

  private SqliteTrouble() {}

  static String explain(Throwable failure) {
    Optional<SQLiteException> found = find(failure);
    if (found.isEmpty()) {
      return Trouble.elsewhere(failure);
    }
    var code = found.get().getResultCode();
    return switch (SQLiteErrorCode.getErrorCode(code.code & PRIMARY)) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another process holds a lock on it; it works again once that lock is gone";
      case SQLITE_FULL ->
          "no room is left where it lies; make room there, and it works again without a restart";
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          "it is damaged; stop the server, move the file aside and start it again, which begins a"
              + " new one (history is lost, backups are not)";
      case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
          "it cannot be opened; see that its directory is there, and that the server's user may"
              + " read and write both";
      case SQLITE_READONLY ->
          "it may not be written; see to its permissions, and whether its file system is mounted"
              + " read-only";
      case SQLITE_IOERR ->
          "its disk failed to read or write (%s); see to the disk, and to the room on it"
              .formatted(code.name());
      default -> "SQLite reports " + code.name() + " (" + code.message + ")";
    };
  }

  /** The failure that a check stands for which found the content contradicting itself. */
  static SQLException damage() {
    return new SQLiteException("the check found damage", SQLiteErrorCode.SQLITE_CORRUPT);
  }

  /** Whether the file is no database, or one whose content contradicts itself. */
  static boolean isDamage(Throwable failure) {
    return find(failure)
        .map(found -> found.getResultCode().code & PRIMARY)
        .filter(code ->
            code == SQLiteErrorCode.SQLITE_CORRUPT.code
                || code == SQLiteErrorCode.SQLITE_NOTADB.code)
        .isPresent();
  }

  private static Optional<SQLiteException> find(Throwable failure) {
    return Trouble.chain(failure)
        .filter(SQLiteException.class::isInstance)
        .map(SQLiteException.class::cast)
        .findFirst();
  }
}
