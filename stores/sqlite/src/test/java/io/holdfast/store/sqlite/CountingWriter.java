package io.holdfast.store.sqlite;

import io.holdfast.engine.file.FilePath;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/**
 * A process that commits increasing numbers, each in two tables in one transaction, and prints each
 * number once its commit has returned.
 */
final class CountingWriter {
  private CountingWriter() {}

  public static void main(String[] arguments) throws Exception {
    String url = "jdbc:sqlite:" + DatabaseUri.of(FilePath.of(arguments[0]), "");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
      statement.execute("PRAGMA journal_mode = " + arguments[1]);
      statement.execute("PRAGMA synchronous = OFF");
      // Small, so that checkpoints and new beginnings of the log fall into every copy.
      statement.execute("PRAGMA wal_autocheckpoint = 20");
      statement.execute("CREATE TABLE one(n INTEGER PRIMARY KEY, filler BLOB)");
      statement.execute("CREATE TABLE two(n INTEGER PRIMARY KEY, filler BLOB)");
      connection.setAutoCommit(false);
      for (long n = 1; ; n++) {
        statement.execute("INSERT INTO one VALUES (" + n + ", randomblob(" + (n % 3000) + "))");
        statement.execute("INSERT INTO two VALUES (" + n + ", randomblob(" + (n % 500) + "))");
        statement.execute("UPDATE one SET filler = randomblob(700) WHERE n = " + (1 + n * 7 % n));
        if (n % 50 == 0) {
          statement.execute("DELETE FROM one WHERE n % 4 = 1 AND n < " + (n - 400));
          statement.execute("DELETE FROM two WHERE n % 4 = 1 AND n < " + (n - 400));
        }
        connection.commit();
        System.out.println(n);
      }
    }
  }
}
