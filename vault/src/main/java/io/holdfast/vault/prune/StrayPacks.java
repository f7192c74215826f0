package io.holdfast.vault.prune;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.DamagedPackException;
import io.holdfast.vault.pack.PackReader;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Packs that no index names: of a backup under way or one that died, or those that a prune has
 * hidden. What a snapshot needs of them is named again: so nothing is lost where a prune and a
 * backup died at the same moment, or an index file was.
 */
final class StrayPacks implements Reachable.Missing {
  private final Vault vault;
  private final PackReader reader;
  private final IndexFiles indexes;
  private final Map<ContentId, Long> packs;
  private final boolean write;
  private Optional<BlobIndex> headers = Optional.empty();

  /**
   * @param packs all packs that are there, and their bytes
   * @param write whether to write an index for what was found, or to take note of it only
   */
  StrayPacks(
      Vault vault,
      PackReader reader,
      IndexFiles indexes,
      Map<ContentId, Long> packs,
      boolean write) {
    this.vault = vault;
    this.reader = reader;
    this.indexes = indexes;
    this.packs = packs;
    this.write = write;
  }

  @Override
  public boolean find(BlobType type, ContentId id) throws IOException {
    var place = headers().find(type, id);
    if (place.isEmpty()) {
      return false;
    }
    ContentId pack = place.get().pack();
    indexes.index().add(pack, reader.header(pack, packs.getOrDefault(pack, 0L)));
    var named = Set.of(pack);
    indexes.add(
        write
            ? PackIndexing.write(vault, indexes.index(), named)
            : Set.of(ContentId.of(new byte[0])),
        named);
    return true;
  }

  private BlobIndex headers() throws IOException {
    if (headers.isEmpty()) {
      var read = new BlobIndex();
      Set<ContentId> named = indexes.named();
      for (Map.Entry<ContentId, Long> pack : packs.entrySet()) {
        if (!named.contains(pack.getKey())) {
          try {
            read.add(pack.getKey(), reader.header(pack.getKey(), pack.getValue()));
          } catch (DamagedPackException damaged) {
            // Not whole, or of somebody else: nothing that could be named.
          }
        }
      }
      headers = Optional.of(read);
    }
    return headers.get();
  }
}
