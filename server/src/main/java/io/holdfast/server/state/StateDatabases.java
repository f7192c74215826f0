package io.holdfast.server.state;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import java.time.Clock;
import java.util.Optional;

/** Opens state databases. */
public final class StateDatabases {
  private StateDatabases() {}

  /**
   * A database that is open.
   *
   * @param warning what somebody ought to be told: that the old file was damaged, where it is now,
   *     and that a new one was begun
   */
  public record Opened(StateDatabase database, Optional<String> warning) {}

  /**
   * Opens the database, begins it where there is none, and brings its tables up to date.
   *
   * <p>A file of SQLite that is damaged is put aside as {@code <name>.damaged-<UTC time>}, and a
   * new one is begun: what it held is history, and no restore needs it (P11). The file, and what
   * SQLite puts beside it, belong to their owner alone (mode 0600), and so do directories that are
   * made for it (0700).
   *
   * <p>A database of PostgreSQL is for one server at a time, which has it until it closes it. That
   * a file of SQLite is not used twice is for the caller to see to.
   *
   * @param clock names what is put aside
   * @throws StateException if it cannot be opened now: locked, unreadable, no room, not reachable
   * @throws HoldfastException {@code FORMAT_UNSUPPORTED} if a newer Holdfast wrote it (P6); {@code
   *     BUSY} if another server uses the database of PostgreSQL; {@code CONFIGURATION_INVALID} if
   *     it is the database of something else, or the URL makes no sense. It is left as it is
   */
  public static Opened open(StateLocation location, FileLayer files, Clock clock) {
    return open(location, files, clock, Patience.USUAL, true);
  }

  /** As {@link #open(StateLocation, FileLayer, Clock)}, beside others. */
  static Opened open(StateLocation location, FileLayer files, Clock clock, Patience patience) {
    return open(location, files, clock, patience, false);
  }

  static Opened open(
      StateLocation location, FileLayer files, Clock clock, Patience patience, boolean alone) {
    return switch (location) {
      case StateLocation.Sqlite sqlite ->
          new SqliteOpening(sqlite.path(), files, clock, patience).open();
      case StateLocation.Postgres postgres ->
          new Opened(
              new JdbcStateDatabase(PostgresBackend.open(postgres, patience, alone)),
              Optional.empty());
    };
  }
}
