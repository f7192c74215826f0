package io.holdfast.store.sqlite;

import io.holdfast.engine.component.Beside;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The files that a live restore makes beside a database, and their place in an undo record.
 *
 * @param live the application's database
 * @param staged what is restored
 * @param saving the old content while it is being written down
 * @param aside the old content, whole
 * @param present what the database holds now, while an undo looks at it
 */
record LiveNames(
    FilePath live, FilePath staged, FilePath saving, FilePath aside, FilePath present) {
  private static final List<String> COMPANIONS = List.of("", "-journal", "-wal", "-shm");

  static LiveNames of(DatabaseFile live, RunId run) {
    var beside = new Beside(run);
    return new LiveNames(
        live.path(),
        beside.staged(live.path()),
        beside.sibling(live.path(), ".saving"),
        beside.aside(live.path()),
        beside.sibling(live.path(), ".present"));
  }

  static LiveNames of(UndoRecord record) {
    return new LiveNames(
        path(record, "live"),
        path(record, "staged"),
        path(record, "saving"),
        path(record, "aside"),
        path(record, "present"));
  }

  private static FilePath path(UndoRecord record, String key) {
    String value = record.details().get(key);
    if (value == null) {
      throw new HoldfastException(
          ErrorCode.INTERNAL, "the record of a live restore has no '" + key + "'", "");
    }
    return FilePath.of(value);
  }

  /**
   * The record by which another process can undo the restore.
   *
   * @throws HoldfastException {@code TARGET_UNSUITABLE} if the path is no text
   */
  UndoRecord undo() {
    if (!live.isText()) {
      throw new HoldfastException(
          ErrorCode.TARGET_UNSUITABLE,
          "the path " + live + " is no valid UTF-8, which a live restore needs",
          "Restore with 'restore: swap'.");
    }
    return new UndoRecord(
        List.of(),
        Map.of(
            "live", text(live),
            "staged", text(staged),
            "saving", text(saving),
            "aside", text(aside),
            "present", text(present)));
  }

  private static String text(FilePath path) {
    return new String(path.toBytes(), StandardCharsets.UTF_8);
  }

  /** Removes all but the live database. */
  void removeAll(FileLayer files) throws IOException {
    for (FilePath path : List.of(staged, saving, present, aside)) {
      remove(files, path);
    }
  }

  /** Removes a file and what SQLite may have left beside it when its process died. */
  static void remove(FileLayer files, FilePath path) throws IOException {
    for (String companion : COMPANIONS) {
      FilePath file = companion.isEmpty() ? path : path.withSuffix(companion);
      if (files.find(file).isPresent()) {
        files.delete(file);
      }
    }
  }
}
