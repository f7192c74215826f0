package io.holdfast.cli.target;

import io.holdfast.server.document.BackupSummaryJson;
import java.util.List;

/**
 * A list of backups.
 *
 * @param repository where they are kept
 * @param backups newest first
 * @param all how many there are, of which these are the newest
 * @param warnings what the list may lack, in whole sentences without an end
 */
public record BackupListing(
    String repository, List<ListedBackup> backups, int all, List<String> warnings) {
  public BackupListing {
    backups = List.copyOf(backups);
    warnings = List.copyOf(warnings);
  }

  /**
   * The backups of one installation alone, and those that may be: of what is damaged, nobody can
   * tell whose it is.
   *
   * @param limit at most so many; 0 for all
   */
  public BackupListing of(String installation, int limit) {
    List<ListedBackup> own =
        backups.stream().filter(backup -> mayBeOf(installation, backup.document())).toList();
    return new BackupListing(
        repository, limit == 0 ? own : own.stream().limit(limit).toList(), own.size(), warnings);
  }

  private static boolean mayBeOf(String installation, BackupSummaryJson backup) {
    String of = backup.installation();
    return of == null ? backup.backupId() == null : of.equals(installation);
  }

  /** A list that lacks nothing. */
  public BackupListing(String repository, List<ListedBackup> backups, int all) {
    this(repository, backups, all, List.of());
  }
}
