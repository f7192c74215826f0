package io.holdfast.engine.repository.transfer;

import io.holdfast.engine.artifact.Content.Extent;
import java.util.ArrayList;
import java.util.List;

/** Where data lies in a file with holes. Pure functions. */
public final class Extents {
  /** So many pieces of data a file may have in a listing; more are joined across small holes. */
  public static final int MOST = 1 << 16;

  private Extents() {}

  /**
   * The extents of a source in their normal form: none empty, none that touch, at most {@link
   * #MOST}.
   *
   * @throws IllegalArgumentException if they are not ascending, overlap or pass the size
   */
  public static List<Extent> normal(List<Extent> extents, long size) {
    var normal = joined(extents, size, 0);
    for (long gap = 4096; normal.size() > MOST; gap *= 2) {
      normal = joined(normal, size, gap);
    }
    return normal;
  }

  /** Whether extents in normal form cover everything. */
  public static boolean isDense(List<Extent> extents, long size) {
    return size == 0 || (extents.size() == 1 && extents.getFirst().length() == size);
  }

  /** How many bytes of data there are. */
  public static long total(List<Extent> extents) {
    return extents.stream().mapToLong(Extent::length).sum();
  }

  private static List<Extent> joined(List<Extent> extents, long size, long gap) {
    var joined = new ArrayList<Extent>(Math.min(extents.size(), MOST));
    long end = 0;
    for (Extent extent : extents) {
      if (extent.offset() < end
          || extent.length() < 0
          || extent.length() > size - extent.offset()) {
        throw new IllegalArgumentException("extents are out of order, or pass the size " + size);
      }
      if (extent.length() > 0) {
        if (!joined.isEmpty() && extent.offset() - end <= gap) {
          Extent last = joined.removeLast();
          joined.add(new Extent(last.offset(), extent.end() - last.offset()));
        } else {
          joined.add(extent);
        }
        end = extent.end();
      }
    }
    return joined;
  }
}
