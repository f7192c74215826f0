package io.holdfast.vault.format;

/**
 * What a backup run counted; restic writes it into snapshots from 0.17 on. For people: nothing
 * depends on it. All numbers are 0 or more.
 *
 * @param backupStart when the run began
 * @param backupEnd when it ended
 * @param filesNew files that the parent had not
 * @param filesChanged files that were read, as they differ from the parent's
 * @param filesUnmodified files that were not read
 * @param dirsNew directories that the parent had not
 * @param dirsChanged directories that differ from the parent's
 * @param dirsUnmodified directories that are the parent's
 * @param dataBlobs data blobs that were new to the vault
 * @param treeBlobs tree blobs that were new to the vault
 * @param dataAdded bytes of new blobs before compression
 * @param dataAddedPacked bytes of new blobs as stored
 * @param totalFilesProcessed all files
 * @param totalBytesProcessed bytes of all files
 */
public record SnapshotSummary(
    Timestamp backupStart,
    Timestamp backupEnd,
    long filesNew,
    long filesChanged,
    long filesUnmodified,
    long dirsNew,
    long dirsChanged,
    long dirsUnmodified,
    long dataBlobs,
    long treeBlobs,
    long dataAdded,
    long dataAddedPacked,
    long totalFilesProcessed,
    long totalBytesProcessed) {}
