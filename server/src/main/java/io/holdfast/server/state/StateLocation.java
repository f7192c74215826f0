package io.holdfast.server.state;

import io.holdfast.engine.file.FilePath;
import java.util.function.Supplier;

/** Where the state database lies. */
public sealed interface StateLocation {
  /**
   * A file of this machine, which SQLite keeps: the default.
   *
   * @param path of the file; {@code -wal}, {@code -shm} and {@code .lock} stand beside it
   */
  record Sqlite(FilePath path) implements StateLocation {}

  /**
   * A database of a PostgreSQL server. Its tables are in the schema {@code holdfast}, unless the
   * URL says {@code currentSchema}.
   *
   * @param url {@code jdbc:postgresql://host:port/database}, without any password
   * @param password asked for at each new connection, by any thread, so that it may change while
   *     the server runs; empty where the database asks for none
   */
  record Postgres(String url, String user, Supplier<String> password) implements StateLocation {
    /** Says nothing of the URL: somebody may have put a secret into it. */
    @Override
    public String toString() {
      return "Postgres[user=" + user + "]";
    }
  }
}
