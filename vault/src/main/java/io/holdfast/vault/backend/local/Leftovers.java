package io.holdfast.vault.backend.local;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What writers left behind that died, by the names of {@link Temporaries}. First the files are
 * looked up and then their writers: a file that was seen had a writer before, so a writer that is
 * not there by then is gone.
 */
final class Leftovers {
  private final FileLayer files;
  private final FilePath root;

  Leftovers(FileLayer files, FilePath root) {
    this.files = files;
    this.root = root;
  }

  /**
   * Removes what lies in these directories and was written by somebody who is gone.
   *
   * @param directories all that files are written to, and the root
   * @return how many files were removed, marks of writers not counted
   */
  int remove(List<FilePath> directories) throws IOException {
    var writers = new TreeMap<String, List<FilePath>>();
    for (FilePath directory : directories) {
      collect(directory, writers);
    }
    int removed = 0;
    for (Map.Entry<String, List<FilePath>> writer : writers.entrySet()) {
      FilePath mark = Temporaries.mark(root, writer.getKey());
      Optional<HeldLock> dead = files.tryLock(mark);
      if (dead.isPresent()) {
        try (var lock = dead.get()) {
          for (FilePath leftover : writer.getValue()) {
            if (!leftover.equals(mark)) {
              delete(leftover);
              removed++;
            }
          }
          delete(mark);
        }
      }
    }
    return removed;
  }

  private void collect(FilePath directory, Map<String, List<FilePath>> writers) throws IOException {
    for (byte[] name : files.list(directory)) {
      Temporaries.writer(name)
          .ifPresent(writer ->
              writers
                  .computeIfAbsent(writer, unused -> new ArrayList<>())
                  .add(directory.resolve(name)));
    }
  }

  private void delete(FilePath path) throws IOException {
    try {
      files.delete(path);
    } catch (FileLayerException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
    }
  }
}
