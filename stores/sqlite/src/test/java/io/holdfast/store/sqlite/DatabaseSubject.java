package io.holdfast.store.sqlite;

import io.holdfast.engine.component.ComponentKind;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.testkit.handler.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database for the contract of handlers, its file called {@code app.db}. */
final class DatabaseSubject implements Subject, AutoCloseable {
  private final Path directory;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final String journalMode;
  private final boolean staysOpen;
  private final FileLayer files = PosixFileLayer.create();
  private @Nullable TestDatabase application;

  /**
   * @param staysOpen whether the application keeps its connection
   */
  DatabaseSubject(
      Path directory, String journalMode, boolean staysOpen, Map<String, String> settings) {
    this.directory = directory;
    this.journalMode = journalMode;
    this.staysOpen = staysOpen;
    this.settings.put("path", file().toString());
    this.settings.putAll(settings);
  }

  private Path file() {
    return directory.resolve("app.db");
  }

  @Override
  public FileLayer files() {
    return files;
  }

  @Override
  public ComponentKind kind() {
    return new SqliteKind();
  }

  @Override
  public Map<String, String> settings() {
    return settings;
  }

  @Override
  public void create() throws Exception {
    use(
        "PRAGMA journal_mode = " + journalMode,
        "CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT)",
        "CREATE INDEX note_text ON note(text)",
        "INSERT INTO note(text) SELECT 'note ' || value || hex(randomblob(40)) FROM generate_series(1, 500)"
            .replace(
                "generate_series(1, 500)",
                "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 500)"
                    + " SELECT value FROM n)"),
        "PRAGMA user_version = 7");
  }

  @Override
  public void change() throws Exception {
    use(
        "UPDATE note SET text = 'changed ' || id WHERE id % 3 = 0",
        "DELETE FROM note WHERE id % 7 = 0",
        "INSERT INTO note(text) VALUES ('new')",
        "CREATE TABLE extra_" + System.nanoTime() + "(a, b)");
  }

  private void use(String... statements) throws Exception {
    TestDatabase open = application != null ? application : TestDatabase.open(file());
    open.run(statements);
    if (staysOpen) {
      application = open;
    } else {
      open.close();
    }
  }

  @Override
  public void remove() throws Exception {
    close();
    try (var all = Files.list(directory)) {
      for (Path path : all.toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public Object state() throws Exception {
    if (application != null) {
      return application.dump();
    }
    return Files.exists(file()) ? dump(FilePath.of(file())) : List.of("missing");
  }

  @Override
  public Object stateIn(FilePath destination) throws Exception {
    return dump(destination.resolve("app.db"));
  }

  private static List<String> dump(FilePath file) throws Exception {
    try (TestDatabase database = TestDatabase.open(file)) {
      return database.dump();
    }
  }

  @Override
  public FilePath surroundings() {
    return FilePath.of(directory);
  }

  @Override
  public boolean capturesOneInstant() {
    // With a rollback journal nobody can change the database between capture and copy; see
    // SnapshotTest.writersWaitWithARollbackJournal.
    return journalMode.equals("wal");
  }

  @Override
  public void close() throws Exception {
    if (application != null) {
      application.close();
      application = null;
    }
  }
}
