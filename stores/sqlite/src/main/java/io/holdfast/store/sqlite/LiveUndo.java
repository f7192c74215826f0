package io.holdfast.store.sqlite;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.List;

/**
 * Undoes a live restore from any point, without taking back what the application wrote to a
 * database that was never replaced.
 *
 * <p>What there is to do is told by the files that exist, see {@link LiveRestore}, but for one
 * case: the process died around the commit. Then the database itself is asked, in this order:
 *
 * <ol>
 *   <li>The schema cookie. A restore counts it up by one, and nothing counts it down. If it is what
 *       it was when the old content was saved, nothing was replaced.
 *   <li>The pages. Of those in which the saved and the staged content differ, some will be as
 *       neither if the application has written since; the others are all as one of the two.
 *   <li>The schema, where the application has rewritten every such page of a small database.
 * </ol>
 *
 * <p>An undo that died after it had put the old content back finds the pages to be as saved, and so
 * does nothing to what was written since.
 *
 * <p>Undoing is never cancelled: it is what a cancelled restore ends with. Used by one thread.
 */
final class LiveUndo {
  private static final int MOST_OBJECTS = 100_000;
  private static final String SCHEMA =
      "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1";

  private final FileLayer files;
  private final SqliteSettings settings;
  private final LiveNames names;
  private final Cancellation never = new Cancellation();

  LiveUndo(FileLayer files, SqliteSettings settings, LiveNames names) {
    this.files = files;
    this.settings = settings;
    this.names = names;
  }

  /**
   * Undoes; does nothing if that has been done.
   *
   * @param committed whether the transaction is known to have committed
   */
  void run(boolean committed) throws IOException {
    if (files.find(names.aside()).isPresent()) {
      if (files.find(names.live()).isEmpty()) {
        files.renameNew(names.aside(), names.live());
      } else if (committed || hasCommitted()) {
        new LiveTransaction(files, settings, names, never).putBack();
      }
    }
    names.removeAll(files);
    files.sync(names.aside().parent());
  }

  private boolean hasCommitted() throws IOException {
    if (cookie(names.live(), Database.Access.WRITE)
        == cookie(names.aside(), Database.Access.IMMUTABLE)) {
      return false;
    }
    LiveNames.remove(files, names.present());
    try (Snapshot now =
        Snapshot.pin(files, new DatabaseFile(names.live()), settings, true, never)) {
      now.copyTo(names.present());
    }
    PageVotes votes =
        PageVotes.count(
            files, names.present(), names.aside(), names.staged(), (int) pageSize(names.aside()));
    return votes.isDecided() ? votes.forSecond() > votes.forFirst() : schemaSaysCommitted();
  }

  /**
   * With no page to go by, a cookie that moved speaks for the commit unless the schema is the old
   * one.
   */
  private boolean schemaSaysCommitted() {
    List<String> now = schema(names.live(), Database.Access.WRITE);
    List<String> old = schema(names.aside(), Database.Access.IMMUTABLE);
    List<String> restored = schema(names.staged(), Database.Access.READ);
    return now.equals(restored) || !now.equals(old);
  }

  private long cookie(FilePath path, Database.Access access) {
    try (Database database = open(path, access)) {
      return database.number("PRAGMA schema_version");
    }
  }

  private long pageSize(FilePath path) {
    try (Database database = open(path, Database.Access.IMMUTABLE)) {
      return database.number("PRAGMA page_size");
    }
  }

  private List<String> schema(FilePath path, Database.Access access) {
    try (Database database = open(path, access)) {
      return database.texts(SCHEMA, MOST_OBJECTS);
    }
  }

  private Database open(FilePath path, Database.Access access) {
    return Database.open(
        new Subject(Subject.Role.TARGET, path), access, settings.busyTimeout(), never);
  }
}
