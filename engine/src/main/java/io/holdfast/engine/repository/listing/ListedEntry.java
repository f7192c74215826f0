package io.holdfast.engine.repository.listing;

import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import java.util.List;

/**
 * A line of a listing.
 *
 * @param entry the entry as it was stored
 * @param sha256 of a regular file, 64 lowercase hex digits; empty for anything else
 * @param data where data lies in a sparse file, in normal form; empty for anything else, and for a
 *     file that is one hole
 */
public record ListedEntry(TreeEntry entry, String sha256, List<Extent> data) {
  public ListedEntry {
    data = List.copyOf(data);
  }

  /** Anything but a regular file. */
  public static ListedEntry of(TreeEntry entry) {
    return new ListedEntry(entry, "", List.of());
  }

  public TreePath path() {
    return entry.path();
  }

  /** Where data lies in a regular file, sparse or not. */
  public List<Extent> extents() {
    if (entry instanceof TreeEntry.RegularFile file && !file.sparse()) {
      return file.size() == 0 ? List.of() : List.of(new Extent(0, file.size()));
    }
    return data;
  }
}
