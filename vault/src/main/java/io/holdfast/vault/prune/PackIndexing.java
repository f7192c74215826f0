package io.holdfast.vault.prune;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.IndexWriter;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.PlacesByPack;
import java.io.IOException;
import java.util.ArrayList;
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
    var places = new PlacesByPack(index);
    var written = new ArrayList<ContentId>();
    var writer = new IndexWriter();
    for (ContentId pack : packs.stream().sorted().toList()) {
      int number = index.packNumber(pack);
      if (number < 0) {
        continue;
      }
      writer.pack(pack);
      places.of(number).forEach(writer::blob);
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
