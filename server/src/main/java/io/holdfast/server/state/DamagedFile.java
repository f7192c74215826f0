package io.holdfast.server.state;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Puts a damaged database out of the way, so that somebody may still look into it. */
final class DamagedFile {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private DamagedFile() {}

  /**
   * Renames the file and its log. The log goes first: a crash in between must not leave it beside a
   * new database.
   *
   * @return what was done, as a sentence for people
   */
  static String putAside(FilePath path, FileLayer files, Clock clock) throws IOException {
    FilePath aside = free(path.withSuffix(".damaged-" + TIME.format(clock.instant())), files);
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
    return "state database %s was damaged: it is now %s, and a new one was begun without its history,"
            .formatted(path, aside)
        + " settings and tokens; backups are not touched by this";
  }

  private static FilePath free(FilePath wanted, FileLayer files) throws IOException {
    FilePath path = wanted;
    for (int more = 2; files.find(path).isPresent(); more++) {
      path = wanted.withSuffix("-" + more);
    }
    return path;
  }
}
