package io.holdfast.cli.target;

import io.holdfast.server.document.BackupSummaryJson;
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
    BackupSummaryJson document, Supplier<List<String>> held, Supplier<Optional<String>> why) {}
