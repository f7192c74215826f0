package io.holdfast.vault.pack;

import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Makes sure that the storage kept the packs that it was given. Those on this machine are read
 * back, several at a time. Those elsewhere are only looked for: a storage that takes files by their
 * digests has compared them, and to fetch again all that was sent would double what a backup moves.
 *
 * @param workers read at the same time
 * @param progress told of bytes of content; from several threads
 */
record ReadBack(
    Backend backend, Workers workers, Cancellation cancellation, LongConsumer progress) {
  private static final int SLICE = 1 << 20;

  /**
   * @throws DamagedPackException if one of them is not as it was written
   */
  void check(List<StoredPack> packs) throws IOException {
    if (backend.isRemote()) {
      lookFor(packs);
    } else {
      readAll(packs);
    }
  }

  private void readAll(List<StoredPack> packs) throws IOException {
    var underWay = new ArrayDeque<Future<Boolean>>();
    try {
      for (StoredPack pack : packs) {
        underWay.addLast(
            workers.submit(() -> {
              cancellation.check();
              read(pack);
              progress.accept(pack.contentLength());
              return true;
            }));
        if (underWay.size() > 2 * workers.threads()) {
          var unused = Workers.await(underWay.removeFirst());
        }
      }
      while (!underWay.isEmpty()) {
        var unused = Workers.await(underWay.removeFirst());
      }
    } finally {
      // What is given up ends first: the storage must not be closed under it.
      Workers.giveUp(underWay);
    }
  }

  private void read(StoredPack pack) throws IOException {
    var digest = ContentId.sha256();
    var slice = ByteBuffer.allocate(Math.min(SLICE, pack.size()));
    for (int at = 0; at < pack.size(); at += slice.limit()) {
      slice.clear().limit(Math.min(SLICE, pack.size() - at));
      backend.read(FileId.of(FileType.PACK, pack.id()), at, slice);
      digest.update(slice.flip());
    }
    if (!ContentId.fromBytes(digest.digest(), 0).equals(pack.id())) {
      throw new DamagedPackException(
          pack.id(), "is another when it is read back than when it was written");
    }
  }

  private void lookFor(List<StoredPack> packs) throws IOException {
    if (packs.isEmpty()) {
      return;
    }
    Map<ContentId, Long> there = new HashMap<>();
    backend.list(FileType.PACK).forEach(file -> there.put(file.id(), file.size()));
    for (StoredPack pack : packs) {
      Long listed = there.get(pack.id());
      long size = listed == null ? size(pack) : listed;
      if (size != pack.size()) {
        throw new DamagedPackException(
            pack.id(), "has " + size + " bytes instead of " + pack.size());
      }
      progress.accept(pack.contentLength());
    }
  }

  /** A list may be behind the times. */
  private long size(StoredPack pack) throws IOException {
    try {
      return backend.size(FileId.of(FileType.PACK, pack.id()));
    } catch (BackendException e) {
      if (e.reason() == BackendException.Reason.NOT_FOUND) {
        throw new DamagedPackException(pack.id(), "is not there after it was written");
      }
      throw e;
    }
  }
}
