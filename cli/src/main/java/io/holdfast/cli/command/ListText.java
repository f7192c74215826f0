package io.holdfast.cli.command;

import io.holdfast.cli.target.BackupListing;
import io.holdfast.cli.target.ListedBackup;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Table;
import io.holdfast.server.document.BackupSummaryJson;
import java.time.Instant;
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
    var table =
        new Table(
            "RUN",
            "BACKUP",
            "STATUS",
            "TRIGGER",
            "AGE",
            ">SIZE",
            ">STORED",
            failed ? "WHY" : "COMPONENTS");
    listing.backups().forEach(backup -> row(table, backup, failed, session.now()));
    session.table(table);
    int shown = listing.backups().size();
    if (shown < listing.all()) {
      session.line(session.style().faint("and " + (listing.all() - shown) + " older"));
    }
  }

  private static void row(Table table, ListedBackup listed, boolean failed, Instant now) {
    BackupSummaryJson backup = listed.document();
    boolean readable = isReadable(backup);
    table.row(
        backup.runId(),
        Objects.requireNonNullElse(backup.backupId(), "-"),
        backup.status(),
        trigger(backup),
        age(backup, now),
        size(backup.sizeBytes()),
        size(backup.storedBytes()),
        failed || !readable
            ? listed.why().get().orElse("-")
            : String.join(", ", listed.held().get()));
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

  private static String size(@Nullable Long bytes) {
    return Formats.size(bytes == null ? -1 : bytes);
  }
}
