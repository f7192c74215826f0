package io.holdfast.vault.prune;

import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.format.PackedBlob;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobPlace;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.BlobWriter;
import io.holdfast.vault.pack.DamagedBlobException;
import io.holdfast.vault.pack.DamagedPackException;
import io.holdfast.vault.pack.PackReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Moves what is needed of packs to new ones. Every blob is checked against its name when it is
 * read, decoded again when it is encoded, and every new pack is read back, before an index names
 * it.
 */
final class Repacking {
  private final Vault vault;
  private final BlobIndex index;
  private final UsedPlaces used;
  private final int level;

  /**
   * @param level how hard to compress
   */
  Repacking(Vault vault, BlobIndex index, UsedPlaces used, int level) {
    this.vault = vault;
    this.index = index;
    this.used = used;
    this.level = level;
  }

  /**
   * Does it.
   *
   * @param progress told of bytes of packs that were done with
   * @return what the new packs hold, which an index names now
   * @throws DamagedBlobException if a blob that is needed is damaged wherever it is
   */
  BlobIndex move(List<PackUse> packs, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    var moved = new BlobIndex();
    if (packs.isEmpty()) {
      return moved;
    }
    List<List<PackedBlob>> needed = needed(packs);
    // The workers end before what they use is closed.
    try (var writer = new BlobWriter(vault, moved, level);
        var reader = new PackReader(vault);
        var elsewhere = new BlobReader(vault, index);
        var workers = Workers.start("prune")) {
      var underWay = new ArrayDeque<Future<Long>>();
      for (int i = 0; i < packs.size(); i++) {
        cancellation.check();
        PackUse pack = packs.get(i);
        List<PackedBlob> blobs = needed.get(i);
        underWay.addLast(
            workers.submit(() -> {
              move(pack, blobs, reader, elsewhere, writer);
              return pack.size();
            }));
        if (underWay.size() > workers.threads()) {
          progress.accept(Workers.await(underWay.removeFirst()));
        }
      }
      while (!underWay.isEmpty()) {
        progress.accept(Workers.await(underWay.removeFirst()));
      }
      writer.flush();
      writer.verify(cancellation, bytes -> {});
      writer.finish();
    }
    return moved;
  }

  private List<List<PackedBlob>> needed(List<PackUse> packs) {
    int[] positions = new int[index.packCount()];
    var needed = new ArrayList<List<PackedBlob>>();
    for (PackUse pack : packs) {
      needed.add(new ArrayList<>());
      positions[index.packNumber(pack.pack())] = needed.size();
    }
    for (int place = 0; place < index.size(); place++) {
      int position = positions[index.packOf(place)];
      if (position > 0 && used.keeps(place)) {
        BlobPlace at = index.at(place);
        needed.get(position - 1).add(at.blob());
      }
    }
    return needed;
  }

  private static void move(
      PackUse pack,
      List<PackedBlob> blobs,
      PackReader reader,
      BlobReader elsewhere,
      BlobWriter writer)
      throws IOException {
    byte[] bytes;
    try {
      bytes = reader.read(pack.pack());
    } catch (DamagedPackException damaged) {
      // What is needed of it may be sound, or lie in another pack too.
      bytes = new byte[0];
    }
    for (PackedBlob blob : blobs) {
      BlobReader.Taker<ContentId> save =
          (content, length) -> writer.save(blob.type(), content, 0, length);
      if (bytes.length == 0) {
        elsewhere.read(blob.type(), blob.id(), save);
      } else {
        reader.decode(blob, bytes, save);
      }
    }
  }
}
