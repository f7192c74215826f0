package io.holdfast.cli.target;

import io.holdfast.server.document.BackupSummaryJson;
import java.util.List;
import java.util.Optional;

/**
 * A backup in a list, with what people are told of it beyond its document.
 *
 * @param held the components that can be restored from it
 * @param why why its run published nothing, or why it cannot be read
 */
public record ListedBackup(BackupSummaryJson document, List<String> held, Optional<String> why) {
  public ListedBackup {
    held = List.copyOf(held);
  }
}
