package io.holdfast.cli.command;

import io.holdfast.cli.target.BackupListing;
import io.holdfast.cli.target.ListedBackup;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Table;
import io.holdfast.engine.repository.Compression;
import io.holdfast.server.document.BackupSummaryJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How lists of backups are shown to people. */
final class ListText {
  private ListText() {}

  static void show(Session session, BackupListing listing, boolean failed) {
    if (listing.backups().isEmpty()) {
      session.line(
          (failed ? "No failed runs in " : "No backups in ") + SafeText.line(listing.repository()));
      return;
    }
    boolean several =
        listing.backups().stream().anyMatch(backup -> backup.document().installation() != null);
    var headings = new ArrayList<>(List.of("RUN", "BACKUP", "STATUS", "TRIGGER", "AGE", ">SIZE"));
    // Of a vault nobody can tell: its backups share what is stored.
    boolean stored =
        listing.backups().stream().anyMatch(backup -> backup.document().storedBytes() != null);
    if (stored) {
      headings.add(">STORED");
    }
    if (several) {
      headings.add("INSTALLATION");
    }
    headings.add(failed ? "WHY" : "COMPONENTS");
    var table = new Table(headings.toArray(String[]::new));
    listing
        .backups()
        .forEach(backup ->
            table.row(row(backup, failed, stored, several, session.now()).toArray(String[]::new)));
    session.table(table);
    int shown = listing.backups().size();
    if (shown < listing.all()) {
      session.line(session.style().faint("and " + (listing.all() - shown) + " older"));
    }
  }

  private static List<String> row(
      ListedBackup listed, boolean failed, boolean stored, boolean several, Instant now) {
    BackupSummaryJson backup = listed.document();
    var cells = new ArrayList<String>();
    cells.add(Objects.requireNonNullElse(backup.runId(), "-"));
    cells.add(Objects.requireNonNullElse(backup.backupId(), "-"));
    cells.add(backup.status());
    cells.add(trigger(backup));
    cells.add(age(backup, now));
    cells.add(size(backup.sizeBytes()));
    if (stored) {
      cells.add(size(backup.storedBytes() == null ? plain(backup) : backup.storedBytes()));
    }
    if (several) {
      cells.add(Objects.requireNonNullElse(backup.installation(), "-"));
    }
    cells.add(
        failed || !isReadable(backup)
            ? listed.why().get().orElse("-")
            : String.join(", ", listed.held().get()));
    return cells;
  }

  /** Whether its manifest could be read. */
  static boolean isReadable(BackupSummaryJson backup) {
    return !backup.status().equals("corrupt") && !backup.status().equals("unsupported");
  }

  /** Why it was made; a safety backup says so. */
  static String trigger(BackupSummaryJson backup) {
    return backup.safetyFor() != null
        ? "safety"
        : Objects.requireNonNullElse(backup.trigger(), "-");
  }

  static String age(BackupSummaryJson backup, Instant now) {
    Instant received = backup.receivedAt();
    Instant at = received != null ? received : backup.startedAt();
    return at == null ? "-" : Formats.age(at, now);
  }

  /** What is stored as it is, such as a safety backup, takes what it holds. */
  private static @Nullable Long plain(BackupSummaryJson backup) {
    return Compression.NONE.word().equals(backup.compression()) ? backup.sizeBytes() : null;
  }

  private static String size(@Nullable Long bytes) {
    return Formats.size(bytes == null ? -1 : bytes);
  }
}
