package io.holdfast.store.files;

import io.holdfast.engine.file.FileLayer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What has to be undone of a restore besides its renames, after these were undone.
 *
 * @param stamps live directories in which things are renamed, as they were before
 */
record UndoDetails(List<Stamp> stamps) {
  private static final String STAMPS = "stamps";

  UndoDetails {
    stamps = List.copyOf(stamps);
  }

  /** As texts for an undo record; empty if there is nothing to undo. Paths are in hexadecimal. */
  Map<String, String> toMap() {
    var map = new HashMap<String, String>();
    if (!stamps.isEmpty()) {
      map.put(STAMPS, stamps.stream().map(Stamp::format).collect(Collectors.joining("\n")));
    }
    return map;
  }

  /** Reads what {@link #toMap} wrote. */
  static UndoDetails of(Map<String, String> map) {
    return new UndoDetails(map.getOrDefault(STAMPS, "").lines().map(Stamp::parse).toList());
  }

  /** Undoes it; idempotent. */
  void undo(FileLayer files) throws IOException {
    for (Stamp stamp : stamps.reversed()) {
      stamp.apply(files);
    }
  }
}
