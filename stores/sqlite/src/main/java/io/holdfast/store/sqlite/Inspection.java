package io.holdfast.store.sqlite;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at a database as a backup and a restore would, and changes nothing. */
final class Inspection {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final long LARGE_LOG = 256L << 20;

  private final FileLayer files;
  private final SqliteSettings settings;
  private final String subject;
  private final List<Finding> findings = new ArrayList<>();

  Inspection(FileLayer files, SqliteSettings settings) {
    this.files = files;
    this.settings = settings;
    this.subject = settings.path().toString();
  }

  List<Finding> findings() throws IOException {
    try {
      DatabaseFile file = DatabaseFile.existing(files, settings.path());
      FileStat stat = files.follow(file.path());
      if (stat.size() == 0) {
        tell(Severity.WARNING, "has no bytes", "An empty database is backed up as one.");
      } else {
        open(file);
      }
      log(file);
      links(stat);
      users(file);
      room(file, stat);
      leftovers(file);
    } catch (HoldfastException e) {
      tell(Severity.ERROR, e.message(), e.guidance());
    }
    return List.copyOf(findings);
  }

  private void open(DatabaseFile file) throws IOException {
    var source = new Subject(Subject.Role.SOURCE, file.path());
    try (Database database =
        Database.open(source, file.accessToRead(files), PATIENCE, new Cancellation())) {
      database.pin();
      tell(
          Severity.OK,
          "SQLite database of "
              + database.number("PRAGMA page_count")
              + " pages of "
              + database.number("PRAGMA page_size")
              + " bytes, journal mode "
              + database.text("PRAGMA journal_mode"),
          "");
    } catch (HoldfastException e) {
      boolean busy = e.code() == io.holdfast.engine.error.ErrorCode.SOURCE_BUSY;
      tell(busy ? Severity.WARNING : Severity.ERROR, e.message(), e.guidance());
    }
  }

  private void log(DatabaseFile file) throws IOException {
    long size = DatabaseFile.size(files, file.wal());
    if (size > LARGE_LOG) {
      tell(
          Severity.WARNING,
          "its write-ahead log has grown to " + (size >> 20) + " MiB",
          "Some connection keeps a read transaction open, so that checkpoints cannot finish; find and end it.");
    }
  }

  private void links(FileStat stat) {
    if (stat.links() > 1) {
      tell(
          Severity.WARNING,
          "has " + stat.links() + " names (hard links)",
          "SQLite keeps its log beside the name that it was opened by: opened by two names, a database is destroyed. Use a"
              + " symbolic link.");
    }
  }

  private void users(DatabaseFile file) throws IOException {
    List<String> users = OpenFiles.users(files, file);
    if (!users.isEmpty() && settings.restore() == SqliteSettings.Restore.SWAP) {
      tell(
          Severity.OK,
          "is open in " + String.join(", ", users),
          "That does not matter for a backup. A restore needs the application stopped, or 'restore: live'.");
    }
  }

  private void room(DatabaseFile file, FileStat stat) throws IOException {
    long usable = files.space(file.path().parent()).usable();
    long needed = stat.size() * (settings.restore() == SqliteSettings.Restore.LIVE ? 3 : 1);
    if (usable < needed) {
      tell(
          Severity.WARNING,
          "a restore needs about " + needed + " bytes beside it, and " + usable + " are free",
          "Make room, or be ready to restore to another place.");
    }
  }

  private void leftovers(DatabaseFile file) throws IOException {
    FilePath directory = file.path().parent();
    String prefix = "." + new String(file.path().name(), StandardCharsets.UTF_8) + ".holdfast-";
    for (byte[] name : files.list(directory)) {
      if (new String(name, StandardCharsets.UTF_8).startsWith(prefix)) {
        tell(
            Severity.WARNING,
            "a restore left " + directory.resolve(name),
            "If no restore is under way or waits to be rolled back, delete it.");
      }
    }
  }

  private void tell(Severity severity, String message, String guidance) {
    findings.add(new Finding(severity, subject, message, guidance));
  }
}
