package io.holdfast.server.state;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Puts a damaged database out of the way, so that somebody may still look into it. */
final class DamagedFile {
  private static final String SUFFIX = ".damaged-";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private DamagedFile() {}

  /**
   * Renames the file and its log. The log goes first: a crash in between must not leave it beside a
   * new database.
   */
  static void putAside(FilePath path, FileLayer files, Clock clock) throws IOException {
    FilePath aside = free(path.withSuffix(SUFFIX + TIME.format(clock.instant())), files);
    var index = path.withSuffix("-shm");
    if (files.find(index).isPresent()) {
      files.delete(index);
    }
    var log = path.withSuffix("-wal");
    if (files.find(log).isPresent()) {
      files.renameNew(log, aside.withSuffix("-wal"));
    }
    files.renameNew(path, aside);
    files.sync(path.parent());
  }

  /** What somebody ought to be told of a database that was begun just now. */
  static Optional<String> warning(FilePath path, FileLayer files) throws IOException {
    var prefix = path.withSuffix(SUFFIX).toString();
    return files.list(path.parent()).stream()
        .map(name -> path.parent().resolve(name).toString())
        .filter(each -> each.startsWith(prefix) && !each.endsWith("-wal"))
        .reduce((_, newest) -> newest)
        .map(aside ->
            "state database %s was begun anew, without history, settings and tokens: the one"
                    .formatted(path)
                + " before was damaged and is now %s; backups are not touched by this"
                    .formatted(aside));
  }

  private static FilePath free(FilePath wanted, FileLayer files) throws IOException {
    FilePath path = wanted;
    for (int more = 2; files.find(path).isPresent(); more++) {
      path = wanted.withSuffix("-" + more);
    }
    return path;
  }
}
