package io.holdfast.vault.format;

import io.holdfast.vault.ContentId;
import java.util.List;
import java.util.Optional;

/**
 * A file of {@code snapshots/}: a tree of a certain time, and where it came from. The JSON lies in
 * an {@link UnpackedFile}.
 *
 * @param time when the backup was begun
 * @param parent the snapshot that files were compared with
 * @param tree its root
 * @param paths what was backed up; where restic did it, absolute paths
 * @param hostname of which machine; may be empty
 * @param username by whom; may be empty
 * @param uid the user's number; 0 to 4,294,967,295
 * @param gid the number of the user's group; 0 to 4,294,967,295
 * @param excludes patterns of what was left out
 * @param tags words of the user's
 * @param original the snapshot that this one replaces with other tags
 * @param programVersion what wrote it: {@code restic 0.17.3}; empty before restic 0.15
 * @param summary what the run counted
 */
public record Snapshot(
    Timestamp time,
    Optional<ContentId> parent,
    ContentId tree,
    List<String> paths,
    String hostname,
    String username,
    long uid,
    long gid,
    List<String> excludes,
    List<String> tags,
    Optional<ContentId> original,
    String programVersion,
    Optional<SnapshotSummary> summary) {
  public Snapshot {
    paths = List.copyOf(paths);
    excludes = List.copyOf(excludes);
    tags = List.copyOf(tags);
    if (uid < 0 || uid > 0xffff_ffffL || gid < 0 || gid > 0xffff_ffffL) {
      throw new IllegalArgumentException("owner out of range: " + uid + ":" + gid);
    }
  }
}
