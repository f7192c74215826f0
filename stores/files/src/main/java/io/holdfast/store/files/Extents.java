package io.holdfast.store.files;

import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where the data of a file lies. */
final class Extents {
  /** A file in more pieces than this is read as data from there on: memory is bounded. */
  private static final int MOST = 100_000;

  private Extents() {}

  /** Whether a file has holes, as far as its allocation tells. */
  static boolean isSparse(FileStat stat) {
    return stat.isRegular() && stat.allocated() < stat.size();
  }

  /**
   * The extents of an open file, in ascending order within the size that it had. The application
   * may move them meanwhile: then a part is read that is a hole by now, which does no harm, and the
   * change is told by the times.
   */
  static List<Extent> of(ReadableFile file, FileStat stat) throws IOException {
    long size = stat.size();
    if (size == 0) {
      return List.of();
    }
    if (!isSparse(stat)) {
      return List.of(new Extent(0, size));
    }
    var extents = new ArrayList<Extent>();
    long position = 0;
    while (position < size) {
      long data = file.nextData(position);
      if (data < 0 || data >= size) {
        break;
      }
      long end = extents.size() == MOST - 1 ? size : Math.min(size, file.nextHole(data));
      if (end <= data) {
        end = size;
      }
      extents.add(new Extent(data, end - data));
      position = end;
    }
    return List.copyOf(extents);
  }
}
