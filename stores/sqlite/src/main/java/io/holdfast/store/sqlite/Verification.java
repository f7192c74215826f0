package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import java.time.Duration;
import java.util.List;

/**
 * SQLite's own check of a file that nobody writes.
 *
 * <p>The cache is 32 MB, with which a check of a gigabyte takes three quarters of the time that it
 * takes with 8, and the file is not mapped: mapping it is faster still, and then counts as memory
 * of the process, and a file that is cut meanwhile ends the process.
 */
final class Verification {
  /** How many of the things that are wrong are told. */
  private static final int FINDINGS = 5;

  private static final String CACHE = "PRAGMA cache_size = -32000";

  private Verification() {}

  /** Whether a file is a sound database. A file that is none fails the check, too. */
  static CheckResult of(
      Subject copy, SqliteSettings.IntegrityCheck check, Cancellation cancellation) {
    return of(copy, Database.Access.IMMUTABLE, Duration.ZERO, check, cancellation);
  }

  /** Whether a database is sound that others may have open. */
  static CheckResult of(
      Subject subject,
      Database.Access access,
      Duration busyTimeout,
      SqliteSettings.IntegrityCheck check,
      Cancellation cancellation) {
    try (Database database = Database.open(subject, access, busyTimeout, cancellation)) {
      database.execute(CACHE);
      List<String> found =
          database.texts("PRAGMA " + check.pragma() + "(" + FINDINGS + ")", FINDINGS);
      return found.equals(List.of("ok"))
          ? CheckResult.passed(check.pragma(), "ok")
          : CheckResult.failed(check.pragma(), String.join("; ", found));
    } catch (HoldfastException e) {
      if (isAboutContent(e.code())) {
        return CheckResult.failed(check.pragma(), e.message());
      }
      throw e;
    }
  }

  private static boolean isAboutContent(ErrorCode code) {
    return code == ErrorCode.SOURCE_INVALID
        || code == ErrorCode.SOURCE_CORRUPT
        || code == ErrorCode.TARGET_UNSUITABLE
        || code == ErrorCode.ARTIFACT_INVALID;
  }

  /** Rows that refer to rows that are not there, in words; empty if there are none. */
  static String brokenReferences(Subject copy, Cancellation cancellation) {
    try (Database database =
        Database.open(copy, Database.Access.IMMUTABLE, Duration.ZERO, cancellation)) {
      database.execute(CACHE);
      List<List<String>> broken = database.rows("PRAGMA foreign_key_check", FINDINGS);
      if (broken.isEmpty()) {
        return "";
      }
      List<String> first = broken.getFirst();
      return "foreign keys are violated, for instance in table "
          + first.get(0)
          + " (row "
          + first.get(1)
          + ", which refers to "
          + first.get(2)
          + "); the backup holds the data as it is";
    } catch (HoldfastException e) {
      cancellation.check();
      return "foreign keys could not be checked: " + e.message();
    }
  }
}
