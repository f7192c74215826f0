package io.holdfast.cli.target;

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

  /** A list that lacks nothing. */
  public BackupListing(String repository, List<ListedBackup> backups, int all) {
    this(repository, backups, all, List.of());
  }
}
