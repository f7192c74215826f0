package io.holdfast.store.files;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What has to be undone of a restore besides its renames, after these were undone.
 *
 * @param created directories that were missing above the target and were made, the outermost first
 * @param stamps live directories in which things are renamed, as they were before
 */
record UndoDetails(List<FilePath> created, List<Stamp> stamps) {
  static final UndoDetails NONE = new UndoDetails(List.of(), List.of());

  private static final String CREATED = "created";
  private static final String STAMPS = "stamps";

  UndoDetails {
    created = List.copyOf(created);
    stamps = List.copyOf(stamps);
  }

  /** As texts for an undo record; empty if there is nothing to undo. Paths are in hexadecimal. */
  Map<String, String> toMap() {
    var map = new HashMap<String, String>();
    if (!created.isEmpty()) {
      map.put(
          CREATED,
          created.stream()
              .map(path -> HexFormat.of().formatHex(path.toBytes()))
              .collect(Collectors.joining("\n")));
    }
    if (!stamps.isEmpty()) {
      map.put(STAMPS, stamps.stream().map(Stamp::format).collect(Collectors.joining("\n")));
    }
    return map;
  }

  /** Reads what {@link #toMap} wrote. */
  static UndoDetails of(Map<String, String> map) {
    return new UndoDetails(
        map.getOrDefault(CREATED, "")
            .lines()
            .map(line -> FilePath.ofBytes(HexFormat.of().parseHex(line)))
            .toList(),
        map.getOrDefault(STAMPS, "").lines().map(Stamp::parse).toList());
  }

  /** Undoes it; idempotent. A directory that somebody uses by now stays. */
  void undo(FileLayer files) throws IOException {
    for (FilePath directory : created.reversed()) {
      try {
        files.deleteDirectory(directory);
      } catch (FileLayerException e) {
        if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.NOT_EMPTY) {
          throw e;
        }
      }
    }
    for (Stamp stamp : stamps.reversed()) {
      stamp.apply(files);
    }
  }
}
