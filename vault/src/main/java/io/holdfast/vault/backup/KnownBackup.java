package io.holdfast.vault.backup;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.Snapshot;

/**
 * A snapshot that is a backup.
 *
 * @param id the name of the snapshot's file
 * @param snapshot what it says
 * @param tags what its tags say
 */
record KnownBackup(ContentId id, Snapshot snapshot, BackupTags tags) {}
