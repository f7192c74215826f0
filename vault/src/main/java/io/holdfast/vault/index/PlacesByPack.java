package io.holdfast.vault.index;

import io.holdfast.vault.format.PackedBlob;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What an index says, pack by pack. Four bytes for each place; the index must not grow after. */
public final class PlacesByPack {
  private final BlobIndex index;
  private final int[] starts;
  private final int[] places;

  public PlacesByPack(BlobIndex index) {
    this.index = index;
    this.starts = new int[index.packCount() + 1];
    this.places = new int[index.size()];
    for (int place = 0; place < places.length; place++) {
      starts[index.packOf(place) + 1]++;
    }
    for (int pack = 1; pack < starts.length; pack++) {
      starts[pack] += starts[pack - 1];
    }
    int[] next = starts.clone();
    for (int place = 0; place < places.length; place++) {
      places[next[index.packOf(place)]++] = place;
    }
  }

  /**
   * The blobs of a pack, in the order in which they lie there.
   *
   * @param pack its number in the index
   */
  public List<PackedBlob> of(int pack) {
    return Arrays.stream(places, starts[pack], starts[pack + 1])
        .mapToObj(place -> index.at(place).blob())
        .sorted(Comparator.comparingLong(PackedBlob::offset))
        .toList();
  }
}
