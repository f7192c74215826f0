package io.holdfast.server.state;

import static io.holdfast.server.state.StateDatabaseContract.CLOCK;
import static io.holdfast.server.state.StateDatabaseContract.FILES;
import static io.holdfast.server.state.StateFixture.NOON;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.server.state.SettingStore.Stored;
import io.holdfast.server.state.StateDatabases.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A directory for one file of SQLite, whose users are impatient. */
abstract class SqliteRoom {
  static final Stored VALUE = new Stored("v", "x", NOON);
  static final int STORED = 300;

  private static final Patience PATIENCE =
      new Patience(Duration.ofMillis(300), Duration.ofSeconds(5));

  @TempDir Path room;

  Path file() {
    return room.resolve("state.db");
  }

  FilePath path() {
    return FilePath.of(file());
  }

  Opened open() {
    return open(path());
  }

  static Opened open(FilePath path) {
    return open(path, FILES);
  }

  static Opened open(FilePath path, FileLayer files) {
    return StateDatabases.open(new StateLocation.Sqlite(path), files, CLOCK, PATIENCE);
  }

  /** Leaves a database with {@link #STORED} settings, closed. */
  void store() {
    try (StateDatabase database = open().database()) {
      for (int number = 0; number < STORED; number++) {
        database.settings().put("key" + number, new Stored("v".repeat(300), "x", NOON));
      }
    }
  }

  /** What is in the directory, in the order of the names. */
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(room)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
