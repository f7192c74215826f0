package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.List;

/**
 * Restores into a database that an application holds open, and can undo it, also after a kill.
 *
 * <p>Three moments matter, in this order: the old content is saved whole ({@code aside} exists),
 * the transaction of {@link LiveTransaction} commits, and after the engine has committed everything
 * the files beside the database are deleted. A process may die between any two, and the application
 * goes on writing meanwhile. Undoing, here or in another process, then means:
 *
 * <pre>
 *   aside   the transaction                                  to do
 *   -       cannot have committed: the save comes first      nothing
 *   yes     may have committed                               find out, see {@link LiveUndo}
 *   yes     has committed                                    put aside back
 * </pre>
 *
 * <p>Putting back is the same kind of transaction; interrupted, it is simply begun again.
 */
final class LiveRestore implements StagedRestore {
  private static final int FEWEST_PAGES = 2;

  private final FileLayer files;
  private final SqliteSettings settings;
  private final RestoreContext context;
  private final LiveNames names;
  private boolean committed;

  private LiveRestore(
      FileLayer files, SqliteSettings settings, RestoreContext context, LiveNames names) {
    this.files = files;
    this.settings = settings;
    this.context = context;
    this.names = names;
  }

  static StagedRestore stage(
      FileLayer files,
      SqliteSettings settings,
      Artifacts artifacts,
      DatabaseFile target,
      RestoreContext context)
      throws IOException {
    if (artifacts.isWreck() || artifacts.isEmpty()) {
      throw unsuitable(
          ErrorCode.BACKUP_UNSUITABLE,
          artifacts.isWreck()
              ? "the backup holds the files of something that was no sound database"
              : "the backup holds a database without a table");
    }
    LiveNames names = LiveNames.of(target, context.run());
    var restore = new LiveRestore(files, settings, context, names);
    long live = DatabaseFile.size(files, target.path()) + DatabaseFile.size(files, target.wal());
    var staging = new Staging(files, settings, context);
    // Staged, then once more in the log or journal, and the old content aside.
    staging.requireRoom(target.path().parent(), 2 * artifacts.main().sizeBytes() + live);
    context.record(names.undo());
    try {
      staging.unpack(artifacts, artifacts.main().name(), names.staged());
      staging.requireSound(names.staged());
      restore.requireMatch();
      files.sync(names.staged().parent());
      return restore;
    } catch (IOException | RuntimeException e) {
      try {
        names.removeAll(files);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** What SQLite cannot change under connections that are open, or would only refuse later. */
  private void requireMatch() {
    try (Database staged = open(names.staged(), Database.Access.WRITE);
        Database live = open(names.live(), Database.Access.WRITE)) {
      // So that it can be locked, see Brake; the live database keeps the mode that it has.
      staged.execute("PRAGMA journal_mode = DELETE");
      if (staged.number("PRAGMA page_count") < FEWEST_PAGES) {
        throw unsuitable(
            ErrorCode.BACKUP_UNSUITABLE, "the backup holds a database without a table");
      }
      if (live.number("PRAGMA page_count") == 0) {
        return;
      }
      boolean log = live.text("PRAGMA journal_mode").equals("wal");
      if (log) {
        requireSame("page size", "PRAGMA page_size", live, staged);
      }
      requireSame("text encoding", "PRAGMA encoding", live, staged);
    }
  }

  private void requireSame(String what, String pragma, Database live, Database staged) {
    String now = live.text(pragma);
    String then = staged.text(pragma);
    if (!now.equals(then)) {
      throw unsuitable(
          ErrorCode.TARGET_UNSUITABLE,
          "database "
              + names.live()
              + " has "
              + what
              + " "
              + now
              + " and the backup has "
              + then
              + ", which cannot change while it is open");
    }
  }

  private static HoldfastException unsuitable(ErrorCode code, String message) {
    return new HoldfastException(
        code,
        message + "; it cannot be restored live",
        "Stop the application, and restore with 'restore: swap'.");
  }

  @Override
  public List<Change> changes() {
    return TableChanges.between(
        new Subject(Subject.Role.TARGET, names.live()),
        Database.Access.WRITE,
        new Subject(Subject.Role.ARTIFACT, names.staged()),
        settings.busyTimeout(),
        context.cancellation());
  }

  @Override
  public void commit() throws IOException {
    new LiveTransaction(files, settings, names, context.cancellation()).replace();
    committed = true;
    CheckResult result =
        Verification.of(
            new Subject(Subject.Role.TARGET, names.live()),
            Database.Access.WRITE,
            settings.busyTimeout(),
            SqliteSettings.IntegrityCheck.QUICK,
            context.cancellation());
    if (!result.ok()) {
      throw new HoldfastException(
          ErrorCode.TARGET_UNSUITABLE,
          "database " + names.live() + " is damaged after the restore: " + result.detail(),
          "Look at the disk; then stop the application, and restore with 'restore: swap'.");
    }
  }

  @Override
  public void rollBack() throws IOException {
    new LiveUndo(files, settings, names).run(committed);
    committed = false;
  }

  @Override
  public void finish() throws IOException {
    names.removeAll(files);
  }

  private Database open(FilePath path, Database.Access access) {
    return Database.open(
        new Subject(Subject.Role.TARGET, path),
        access,
        settings.busyTimeout(),
        context.cancellation());
  }
}
