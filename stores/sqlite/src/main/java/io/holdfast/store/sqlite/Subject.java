package io.holdfast.store.sqlite;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A database file and the part that it plays, which decides what an error of SQLite means and what
 * to do about it.
 *
 * @param role the part
 * @param path the file, for messages
 */
record Subject(Role role, FilePath path) {
  /** The part that a database plays. */
  enum Role {
    /** The application's database, when it is backed up or looked at. */
    SOURCE,
    /** The application's database, when it is restored. */
    TARGET,
    /** A copy that a backup makes, in a repository. */
    COPY,
    /** A copy that a backup holds, or that was unpacked to be restored. */
    ARTIFACT
  }

  /** An error of SQLite in the words of Holdfast. */
  HoldfastException error(SQLException failure) {
    SQLiteErrorCode result =
        failure instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    return error(result.code, said(failure), failure);
  }

  /** An error for a result code of SQLite, which may be an extended one. */
  HoldfastException error(int result, String said, @Nullable Throwable cause) {
    Fault fault = Fault.of(result);
    String message = "database " + path + " " + fault.words + (said.isEmpty() ? "" : ": " + said);
    return new HoldfastException(code(fault), message, guidance(fault), cause)
        .with("path", path.toString());
  }

  /** What SQLite found wrong inside of a file that it could open. */
  HoldfastException damaged(String found) {
    return new HoldfastException(
            code(Fault.DAMAGED),
            "database " + path + " " + Fault.DAMAGED.words + ": " + found,
            guidance(Fault.DAMAGED))
        .with("path", path.toString());
  }

  private ErrorCode code(Fault fault) {
    return switch (fault) {
      case NOT_A_DATABASE ->
          pick(ErrorCode.SOURCE_INVALID, ErrorCode.TARGET_UNSUITABLE, ErrorCode.ARTIFACT_INVALID);
      case DAMAGED ->
          pick(ErrorCode.SOURCE_CORRUPT, ErrorCode.TARGET_UNSUITABLE, ErrorCode.ARTIFACT_INVALID);
      case BUSY -> ErrorCode.SOURCE_BUSY;
      case FORBIDDEN ->
          pick(ErrorCode.SOURCE_UNREADABLE, ErrorCode.TARGET_UNWRITABLE, ErrorCode.IO);
      case FULL ->
          switch (role) {
            case COPY -> ErrorCode.REPOSITORY_FULL;
            case SOURCE -> ErrorCode.IO;
            case TARGET, ARTIFACT -> ErrorCode.TARGET_FULL;
          };
      case OTHER -> ErrorCode.IO;
    };
  }

  private ErrorCode pick(ErrorCode source, ErrorCode target, ErrorCode artifact) {
    return switch (role) {
      case SOURCE -> source;
      case TARGET -> target;
      // A copy is the source page by page, so what is wrong with it is wrong with the source.
      case COPY -> source;
      case ARTIFACT -> artifact;
    };
  }

  private String guidance(Fault fault) {
    return switch (fault) {
      case NOT_A_DATABASE ->
          switch (role) {
            case SOURCE, COPY ->
                "Check the path. A database that the application encrypts (SQLCipher, SEE) cannot be read as kind 'sqlite':"
                    + " let the application export it, or stop it and use kind 'file'.";
            case TARGET ->
                "Stop the application and restore with 'restore: swap', which replaces the file.";
            case ARTIFACT -> "Restore an older backup.";
          };
      case DAMAGED ->
          switch (role) {
            case SOURCE, COPY ->
                "Do not delete older backups. Restore the newest one that is sound, or rescue what can be read with"
                    + " 'sqlite3 FILE .recover'.";
            case TARGET ->
                "Stop the application and restore with 'restore: swap', which replaces the file.";
            case ARTIFACT -> "Restore an older backup.";
          };
      case BUSY ->
          "Something holds a lock on the database. End its long transaction, or raise 'busy_timeout'.";
      case FORBIDDEN ->
          "Give this process the right to read and write the file and its directory: SQLite needs a '-shm' and perhaps a"
              + " '-wal' or '-journal' file beside a database, even to read it.";
      case FULL -> "Make room.";
      case OTHER -> "Look at the disk and at the log of the system.";
    };
  }

  /** The driver puts "[SQLITE_BUSY] The database file is locked (...)" around what SQLite said. */
  static String said(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    int open = message.lastIndexOf(" (");
    return open > 0 && message.endsWith(")")
        ? message.substring(open + 2, message.length() - 1)
        : message;
  }

  private enum Fault {
    NOT_A_DATABASE("is encrypted or not a database"),
    DAMAGED("is damaged"),
    BUSY("is locked"),
    FORBIDDEN("cannot be opened"),
    FULL("does not fit on the disk"),
    OTHER("failed");

    private final String words;

    Fault(String words) {
      this.words = words;
    }

    static Fault of(int result) {
      // The low byte is the primary code; the rest refines it.
      return switch (SQLiteErrorCode.getErrorCode(result & 0xff)) {
        case SQLITE_NOTADB, SQLITE_FORMAT -> NOT_A_DATABASE;
        case SQLITE_CORRUPT -> DAMAGED;
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> BUSY;
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH -> FORBIDDEN;
        case SQLITE_FULL -> FULL;
        default -> OTHER;
      };
    }
  }
}
