package io.holdfast.vault.pack;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Makes sure that the storage kept the packs that it was given. Those on this machine are read back
 * and compared, as soon as they are written: while what they were made of is still in memory, no
 * digest has to be computed for it. Those elsewhere are not: a storage that takes files by their
 * digests has compared them, and to fetch again all that was sent would double what a backup moves.
 * In the end all are looked for, with their lengths. Thread-safe.
 */
record ReadBack(Backend backend) {
  private static final int SLICE = 256 << 10;

  /**
   * Compares a pack that was just written with what was to be written, where that is on this
   * machine.
   *
   * @throws DamagedPackException if it is another
   */
  void compare(ContentId pack, ByteBuffer written) throws IOException {
    if (backend.isRemote()) {
      return;
    }
    int size = written.remaining();
    var slice = ByteBuffer.allocate(Math.min(SLICE, size));
    for (int at = 0; at < size; at += slice.limit()) {
      slice.clear().limit(Math.min(SLICE, size - at));
      backend.read(FileId.of(FileType.PACK, pack), at, slice);
      if (!slice.flip().equals(written.slice(written.position() + at, slice.limit()))) {
        throw new DamagedPackException(
            pack, "is another when it is read back than when it was written");
      }
    }
  }

  /**
   * Looks for packs that were written a while ago.
   *
   * @param progress told of bytes of content
   * @throws DamagedPackException if one is not there, or has another length
   */
  void lookFor(List<StoredPack> packs, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    if (packs.isEmpty()) {
      return;
    }
    Map<ContentId, Long> there = sizes();
    for (StoredPack pack : packs) {
      cancellation.check();
      Long listed = there.get(pack.id());
      require(pack, listed == null ? size(pack) : listed);
      progress.accept(pack.contentLength());
    }
  }

  private Map<ContentId, Long> sizes() throws IOException {
    Map<ContentId, Long> sizes = new HashMap<>();
    backend.list(FileType.PACK).forEach(file -> sizes.put(file.id(), file.size()));
    return sizes;
  }

  private static void require(StoredPack pack, long size) throws DamagedPackException {
    if (size != pack.size()) {
      throw new DamagedPackException(pack.id(), "has " + size + " bytes instead of " + pack.size());
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
