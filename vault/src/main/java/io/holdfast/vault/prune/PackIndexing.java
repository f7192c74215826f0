package io.holdfast.vault.prune;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.IndexWriter;
import io.holdfast.vault.index.BlobIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Writes index files that name packs, with all that an index in memory says of these. */
public final class PackIndexing {
  /** JSON of an index, at most: the format asks for files below 8 MiB. */
  private static final int MOST_BYTES = 6 << 20;

  private PackIndexing() {}

  /**
   * Writes them.
   *
   * @param packs of which the index says something; a pack of which it says nothing is left out
   * @return the names of the files
   */
  public static List<ContentId> write(Vault vault, BlobIndex index, Set<ContentId> packs)
      throws IOException {
    int[] ofPack = new int[index.packCount() + 1];
    int size = index.size();
    for (int place = 0; place < size; place++) {
      ofPack[index.packOf(place) + 1]++;
    }
    for (int pack = 1; pack < ofPack.length; pack++) {
      ofPack[pack] += ofPack[pack - 1];
    }
    int[] next = ofPack.clone();
    int[] places = new int[size];
    for (int place = 0; place < size; place++) {
      places[next[index.packOf(place)]++] = place;
    }
    var written = new ArrayList<ContentId>();
    var writer = new IndexWriter();
    for (ContentId pack : packs.stream().sorted().toList()) {
      int number = index.packNumber(pack);
      if (number < 0) {
        continue;
      }
      writer.pack(pack);
      Arrays.stream(places, ofPack[number], ofPack[number + 1])
          .mapToObj(place -> index.at(place).blob())
          .sorted(Comparator.comparingLong(blob -> blob.offset()))
          .forEach(writer::blob);
      if (writer.size() > MOST_BYTES) {
        written.add(vault.writeDocument(FileType.INDEX, writer.finish()));
        writer = new IndexWriter();
      }
    }
    if (writer.blobs() > 0) {
      written.add(vault.writeDocument(FileType.INDEX, writer.finish()));
    }
    return written;
  }
}
