package io.holdfast.cli.target;

import java.util.List;

/**
 * A list of backups.
 *
 * @param repository where they are kept
 * @param backups newest first
 * @param all how many there are, of which these are the newest
 */
public record BackupListing(String repository, List<ListedBackup> backups, int all) {
  public BackupListing {
    backups = List.copyOf(backups);
  }
}
