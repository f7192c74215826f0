package io.holdfast.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What failures are said to mean. */
class TroubleTest {
  @ParameterizedTest
  @CsvSource({
    "SQLITE_BUSY_SNAPSHOT, another process holds a lock, false",
    "SQLITE_LOCKED, another process holds a lock, false",
    "SQLITE_FULL, no room is left, false",
    "SQLITE_CORRUPT_VTAB, it is damaged, true",
    "SQLITE_NOTADB, it is damaged, true",
    "SQLITE_CANTOPEN_ISDIR, it cannot be opened, false",
    "SQLITE_PERM, it cannot be opened, false",
    "SQLITE_READONLY_DIRECTORY, it may not be written, false",
    "SQLITE_IOERR_SHMSIZE, its disk failed to read or write (SQLITE_IOERR_SHMSIZE), false",
    "SQLITE_TOOBIG, SQLite reports SQLITE_TOOBIG, false",
  })
  void sqlite(SQLiteErrorCode code, String words, boolean damage) {
    var failure = new SQLTransientConnectionException(new SQLiteException("x", code));
    assertThat(SqliteTrouble.explain(failure)).startsWith(words);
    assertThat(SqliteTrouble.isDamage(failure)).isEqualTo(damage);
  }

  /** An extended code that the driver does not know must not hide what happened. */
  @ParameterizedTest
  @EnumSource(SQLiteErrorCode.class)
  void everyCodeOfSqliteIsExplained(SQLiteErrorCode code) {
    assertThat(SqliteTrouble.explain(new SQLiteException("x", code))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "08001, it cannot be reached",
    "08006, it cannot be reached",
    "28P01, it refuses the user or the password",
    "3D000, there is no such database",
    "42501, the user lacks a privilege",
    "42P01, its tables are gone",
    "25006, it may only be read",
    "53100, no room is left on its disk",
    "53300, it takes no more connections",
    "57014, it did not answer in time",
    "57P01, it is shutting down",
    "57P03, it is shutting down",
    "XX001, it is damaged",
    "22P05, PostgreSQL reports SQLSTATE 22P05",
  })
  void postgres(String state, String words) {
    var failure = new SQLTransientConnectionException("pool", new SQLException("x", state));
    assertThat(PostgresTrouble.explain(failure)).startsWith(words);
  }

  @Test
  void aPoolThatIsExhaustedIsToldFromADatabaseThatFails() {
    var failure = new SQLTransientConnectionException("pool");
    assertThat(SqliteTrouble.explain(failure)).startsWith("no connection to it came free in time");
    assertThat(PostgresTrouble.explain(failure))
        .startsWith("no connection to it came free in time");
  }

  @Test
  void whatNeitherDatabaseReportedIsToldInItsOwnWords() {
    var failure = new SQLException(new IllegalStateException("checksum mismatch\nin V1"));
    assertThat(SqliteTrouble.explain(failure)).isEqualTo("checksum mismatch");
    assertThat(PostgresTrouble.explain(failure)).isEqualTo("checksum mismatch");
    assertThat(SqliteTrouble.isDamage(failure)).isFalse();
  }
}
