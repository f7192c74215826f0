package io.holdfast.server.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import javax.sql.DataSource;

/** Finds out whether a file is a database that can be worked with, before it is. */
final class SqliteInspection {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);

  /** Up to here a check takes less than a tenth of a second, and the server is to start in one. */
  private static final long CHECKED_SIZE = 64L << 20;

  private SqliteInspection() {}

  /**
   * Fails if the file cannot be used, and leaves it in WAL mode if it can. An empty file is a new
   * database.
   *
   * @throws SQLException for which {@link SqliteTrouble#isDamage} tells whether it is damaged
   */
  static void inspect(FilePath path, FileLayer files, DataSource source)
      throws IOException, SQLException {
    long size = files.follow(path).size();
    if (size > 0 && !hasMagic(path, files)) {
      // SQLite would throw away the log beside it.
      throw SqliteTrouble.damage();
    }
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      // Takes the lock of a writer for a moment: a file that may only be read is found out here.
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("ROLLBACK");
      if (size <= CHECKED_SIZE && !isSound(statement)) {
        throw SqliteTrouble.damage();
      }
    }
  }

  private static boolean hasMagic(FilePath path, FileLayer files) throws IOException {
    try (var file = files.open(path)) {
      var head = ByteBuffer.allocate(MAGIC.length);
      while (head.hasRemaining() && file.read(head, head.position()) > 0) {
        // Until there are as many bytes as the magic has, or the file ends.
      }
      return Arrays.equals(head.array(), MAGIC);
    }
  }

  private static boolean isSound(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
      return row.next() && "ok".equals(row.getString(1));
    }
  }
}
