package io.holdfast.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FilePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite. */
class SqliteStateDatabaseTest extends StateDatabaseContract {
  @TempDir Path room;

  private Path file() {
    return room.resolve("state.db");
  }

  @Override
  StateLocation location() {
    return new StateLocation.Sqlite(FilePath.of(file()));
  }

  @Override
  Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  @Override
  void dropEverything() throws Exception {
    Files.delete(file());
  }

  @Test
  void writesAreDurableAndReadersDoNotWaitForThem() throws Exception {
    try (var connection = connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA journal_mode")) {
      assertThat(row.getString(1)).isEqualTo("wal");
    }
    try (var connection = SqliteSource.of(FilePath.of(file()), PATIENCE).getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT * FROM pragma_synchronous, pragma_foreign_keys")) {
      assertThat(row.getInt(1)).as("synchronous, 2 being FULL").isEqualTo(2);
      assertThat(row.getInt(2)).as("foreign keys").isEqualTo(1);
    }
  }
}
