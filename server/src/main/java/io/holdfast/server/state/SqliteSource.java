package io.holdfast.server.state;

import io.holdfast.engine.file.FilePath;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** Connections to a file of SQLite. */
final class SqliteSource {
  private static final String PLAIN = "-._~/";

  private SqliteSource() {}

  /** Connections that never create the file, and that lose nothing they acknowledged. */
  static DataSource of(FilePath path, Patience patience) {
    var config = new SQLiteConfig();
    config.setSynchronous(SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(patience.lock().toMillis()));
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + uri(path) + "?mode=rw");
    return source;
  }

  /**
   * The driver takes a plain name apart at {@code ?}, and SQLite a URI at {@code ?}, {@code #} and
   * {@code %}; so every byte that might mean something is escaped.
   */
  private static String uri(FilePath path) {
    var uri = new StringBuilder("file:");
    for (byte b : path.toBytes()) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || PLAIN.indexOf(c) >= 0;
      uri.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return uri.toString();
  }
}
