package io.holdfast.cli.target;

import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.FailureJson;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A backup in a list, with what people are told of it beyond its document; to find that out may
 * take a while.
 *
 * @param held the components that can be restored from it
 * @param why why its run published nothing, or why it cannot be read
 */
public record ListedBackup(
    BackupSummaryJson document, Supplier<List<String>> held, Supplier<Optional<String>> why) {
  /** One that is too damaged to tell which backup it is. */
  public static ListedBackup unreadable(BackupSummaryJson document) {
    return new ListedBackup(
        document,
        List::of,
        () -> Optional.ofNullable(document.failure()).map(FailureJson::message));
  }
}
