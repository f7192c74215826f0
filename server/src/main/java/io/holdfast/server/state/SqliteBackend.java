package io.holdfast.server.state;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A file of SQLite in WAL mode: one connection writes, so that writers of this process queue up
 * instead of running into each other's locks, and a few read beside it.
 */
final class SqliteBackend implements Backend {
  private static final int READERS = 4;

  private final FilePath path;
  private final FileLayer files;
  private final FileStat opened;
  private final HikariDataSource writer;
  private final HikariDataSource readers;

  private SqliteBackend(
      FilePath path,
      FileLayer files,
      FileStat opened,
      HikariDataSource writer,
      HikariDataSource readers) {
    this.path = path;
    this.files = files;
    this.opened = opened;
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * @param opened the file that {@code source} connects to
   */
  static SqliteBackend open(
      FilePath path, FileLayer files, FileStat opened, DataSource source, Patience patience)
      throws SQLException {
    HikariDataSource writer = pool("state-writer", 1, source, patience, "PRAGMA query_only = 0");
    try {
      return new SqliteBackend(
          path,
          files,
          opened,
          writer,
          pool("state-readers", READERS, source, patience, "PRAGMA query_only = 1"));
    } catch (SQLException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private static HikariDataSource pool(
      String name, int connections, DataSource source, Patience patience, String begin)
      throws SQLException {
    var config = StatePool.config(name, connections, patience, begin);
    config.setDataSource(source);
    // Connections to a file do not age.
    config.setMaxLifetime(0);
    return StatePool.start(config);
  }

  static String name(FilePath path) {
    return "state database " + path;
  }

  @Override
  public String name() {
    return name(path);
  }

  /**
   * SQLite goes on in a file that was deleted or replaced, and all that it acknowledges is lost
   * with the process; so each call looks whether the name still leads to the file.
   */
  @Override
  public Optional<String> absence() {
    try {
      Optional<FileStat> now = files.find(path);
      if (now.isEmpty()) {
        return Optional.of(
            "its file is gone; put it back, or restart the server, which begins a new one"
                + " (history is lost, backups are not)");
      }
      return now.get().isSameFile(opened)
          ? Optional.empty()
          : Optional.of("its file was replaced by another; restart the server to use that one");
    } catch (IOException e) {
      return Optional.of("its file cannot be looked at: " + e.getMessage());
    }
  }

  @Override
  public Connection reader() throws SQLException {
    return readers.getConnection();
  }

  @Override
  public Connection writer() throws SQLException {
    return writer.getConnection();
  }

  @Override
  public String explain(Throwable failure) {
    return SqliteTrouble.explain(failure);
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}
